"""An item as lists show it: never its content."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum, auto
from zoneinfo import ZoneInfo

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from intake.choices import Scope, Status, Way
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


class Place(Enum):
    """Where an item is told of."""

    START = auto()
    LIST = auto()
    PAGE = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag that an item carries where something is so, and where it is seen."""

    tag: Tag
    is_so: Callable[[Submission], bool]
    on: frozenset[Place]


# The marks of news and of one sheet need rows that were read with `has_news` and `has_others`.
# Those of helping need rows that say `is_helped` or `has_helpers`.
MARKS = (
    Mark(Tag("截止后来件", "late"), lambda item: item.is_late, frozenset({Place.PAGE})),
    Mark(
        Tag("协办", "plain"),
        lambda item: getattr(item, "is_helped", False),
        frozenset({Place.PAGE}),
    ),
    Mark(
        Tag("有协办", "plain"),
        lambda item: getattr(item, "has_helpers", False),
        frozenset({Place.LIST}),
    ),
    Mark(
        Tag(NEWS, "late"),
        lambda item: getattr(item, "has_news", False),
        frozenset({Place.START, Place.LIST}),
    ),
    Mark(
        Tag(ONE_SHEET, "soon"),
        lambda item: getattr(item, "has_others", False),
        frozenset({Place.LIST}),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a short list."""

    url: str
    number: str
    received: str
    way: str
    target: str
    scope: Tag
    tags: SafeString


def line_of(item: Submission) -> Line:
    return Line(
        url=item.get_absolute_url(),
        number=item.display_number or WAITING,
        received=received_words(item),
        way=way_words(item),
        target=target_words(item),
        scope=scope_tag(item),
        tags=tags_html(item, Place.START),
    )


def moment(at: datetime, zone: ZoneInfo) -> str:
    """'4月15日 09:12' by the clocks of the round."""
    local = at.astimezone(zone)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def received_words(item: Submission) -> str:
    """The moment, or the day alone where a clerk registered no more than that."""
    local = item.received_at.astimezone(item.round.zone)
    is_day = item.way != Way.WEB and local.time() == time(0)
    return f"{local.month}月{local.day}日" if is_day else moment(local, item.round.zone)


def way_words(item: Submission) -> str:
    """'网络', or '举报箱 23' where the box is known."""
    words = str(item.get_way_display())
    return f"{words} {item.drop_box.number}" if item.drop_box and item.drop_box.number else words


def target_words(item: Submission) -> str:
    return str(item.target) if item.target else "没有写明"


def scope_tag(item: Submission) -> Tag:
    return Tag(str(item.get_scope_display()), SCOPE_TONES.get(Scope(item.scope), "plain"))


def status_tag(item: Submission) -> Tag:
    return Tag(str(item.get_status_display()), STATUS_TONES.get(Status(item.status), "fine"))


def tags_of(item: Submission, place: Place) -> list[Tag]:
    """The status, and beside it what is marked in this place."""
    return [
        status_tag(item),
        *(mark.tag for mark in MARKS if place in mark.on and mark.is_so(item)),
    ]


def tags_html(item: Submission, place: Place) -> SafeString:
    """The same in one line."""
    return format_html_join(" ", "{}", ((tag.html(),) for tag in tags_of(item, place)))
