"""A record of an opening as lists and its own page show it: never its words."""

from dataclasses import dataclass

from intake.admin.items.item_lines import Line, Tag, line_of, moment
from intake.models import BoxOpening, StaffUser, Submission

LETTERS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the record."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The registered letters of an opening that the member sees, and how many are not listed."""

    shown: list[Line]
    more: int


def state_tag(opening: BoxOpening, registered: int) -> Tag:
    """How far the two have come with it."""
    if not opening.is_confirmed:
        return Tag("待确认", "soon")
    if registered == opening.count:
        return Tag("件数一致", "fine")
    if opening.explained_count != registered:
        return Tag("件数不一致", "late")
    return Tag("差异已说明", "plain") if opening.agreed_by_id else Tag("说明待同意", "soon")


def numbers_words(opening: BoxOpening) -> str:
    """'3—22', '3', or that there are none."""
    if not opening.count:
        return "没有"
    first, last = opening.first_number, opening.last_number
    return f"{first}" if first == last else f"{first}—{last}"


def facts_of(opening: BoxOpening, registered: int) -> list[Fact]:
    """What the two stand for; who said what, and when."""
    zone = opening.round.zone
    facts = [
        Fact("举报箱", f"{opening.drop_box} {opening.drop_box.location}"),
        Fact("开箱时间", f"{opening.opened_at.astimezone(zone):%Y-%m-%d %H:%M}"),
        Fact("取出件数", f"{opening.count} 件"),
        Fact("起止编号", numbers_words(opening)),
        Fact("登记件数", f"{registered} 件"),
        Fact("破损", "有" if opening.is_damaged else "没有"),
        Fact("记录人", f"{opening.recorded_by}，{moment(opening.recorded_at, zone)}"),
        Fact("确认人", "还没有确认"),
    ]
    if opening.confirmed_by and opening.confirmed_at:
        facts[-1] = Fact("确认人", f"{opening.confirmed_by}，{moment(opening.confirmed_at, zone)}")
    if opening.explained_by and opening.explained_at:
        who = f"{opening.explained_by}，{moment(opening.explained_at, zone)}"
        facts.append(Fact("说明人", f"{who}（当时登记了 {opening.explained_count} 件）"))
    if opening.agreed_by and opening.agreed_at:
        agreed = f"{opening.agreed_by}，{moment(opening.agreed_at, zone)}"
        facts.append(Fact("同意说明的人", agreed))
    return facts


def letters_of(opening: BoxOpening, user: StaffUser) -> Letters:
    """Two queries at most; of letters at a desk that is not the member's nothing is said."""
    mine = Submission.objects.visible_to(user) & opening.letters_that_count()
    told = mine.select_related("round", "target", "drop_box").defer("sealed")
    shown = [line_of(item) for item in told.order_by("number", "received_at")[:LETTERS_SHOWN]]
    seen = mine.count() if len(shown) == LETTERS_SHOWN else len(shown)
    return Letters(shown, seen - len(shown))
