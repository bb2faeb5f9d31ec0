"""An item as lists show it: never its content."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString

from intake.choices import Scope, Status
from intake.models import Submission

# Tags always carry a word; the tone only underlines it.
SCOPE_TONES = {Scope.IN: "fine", Scope.OUT: "soon", Scope.UNCHECKED: "soon"}
STATUS_TONES = {Status.UNREGISTERED: "soon", Status.CLOSED: "plain", Status.ARCHIVED: "plain"}
WAITING = "待登记"
NEWS = "新补充"
ONE_SHEET = "同表另件"


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with a tone: fine, soon, late or plain."""

    words: str
    tone: str

    def html(self) -> SafeString:
        return format_html('<span class="tag tag--{}">{}</span>', self.tone, self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a short list."""

    url: str
    number: str
    received: str
    source: str
    target: str
    scope: Tag
    status: Tag
    news: Tag | None


def line_of(item: Submission) -> Line:
    return Line(
        url=item.get_absolute_url(),
        number=item.display_number or WAITING,
        received=moment(item.received_at, item.round.zone),
        source=source_words(item),
        target=target_words(item),
        scope=scope_tag(item),
        status=status_tag(item),
        news=news_tag(item),
    )


def moment(at: datetime, zone: ZoneInfo) -> str:
    """'4月15日 09:12' by the clocks of the round."""
    local = at.astimezone(zone)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def source_words(item: Submission) -> str:
    """'网络', or '举报箱 23' where the box is known."""
    words = str(item.get_source_display())
    return f"{words} {item.drop_box.number}" if item.drop_box and item.drop_box.number else words


def target_words(item: Submission) -> str:
    return str(item.target) if item.target else "没有写明"


def scope_tag(item: Submission) -> Tag:
    return Tag(str(item.get_scope_display()), SCOPE_TONES.get(Scope(item.scope), "plain"))


def status_tag(item: Submission) -> Tag:
    return Tag(str(item.get_status_display()), STATUS_TONES.get(Status(item.status), "fine"))


def news_tag(item: Submission) -> Tag | None:
    """For rows that were read with `has_news`."""
    return Tag(NEWS, "late") if getattr(item, "has_news", False) else None


def sheet_tag(item: Submission) -> Tag | None:
    """For rows that were read with `has_others`."""
    return Tag(ONE_SHEET, "soon") if getattr(item, "has_others", False) else None


def tags_of(item: Submission) -> list[Tag]:
    """What stands beside the number of an opened item."""
    late = [Tag("截止后来件", "late")] if item.is_late else []
    return [status_tag(item), *late]
