"""What waits for two people's signatures: openings, their discrepancies, and sealed matters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from intake.access import Deed
from intake.admin.items.list_filters import list_address
from intake.admin.openings.matter_filter import SentFilter, found_by
from intake.admin.openings.opening_list import StateFilter
from intake.casework.boxes.box_discrepancies import counted, in_discrepancy
from intake.casework.deadlines.rule_book import RuleBook
from intake.models import BoxOpening, SealedMatter, StaffUser

# By the choice of the filter that finds them: tag, tone, what is said behind the number, label.
MATTER_LINES = {
    SentFilter.OVERDUE: ("密封件超期", "late", "件密封件超期没有上送。", "去办"),
    SentFilter.NEAR: ("密封件", "late", "件密封件马上到上送的期限，或者期限未知。", "去办"),
    SentFilter.UNSIGNED: ("待签名", "soon", "件密封件已上送，等见证人签名。", "去签名"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of what waits."""

    tag: str
    tone: str
    words: str
    url: str
    label: str


def openings_by_state(user: StaffUser) -> "dict[str, QuerySet[BoxOpening]]":
    """By the choice of the filter; the start page counts them together with its other numbers."""
    if not user.may(Deed.OPEN_BOXES):
        return {}
    differing = counted(user).order_by().filter(in_discrepancy()).values("pk")
    return {
        StateFilter.UNCONFIRMED: BoxOpening.objects.visible_to(user).filter(confirmed_by=None),
        StateFilter.DIFFERS: BoxOpening.objects.filter(pk__in=differing),
    }


def openings_that_wait(counts: Mapping[str, int]) -> Iterator[Waiting]:
    """By the counts of `openings_by_state`."""
    if unconfirmed := counts[StateFilter.UNCONFIRMED]:
        words = f"{unconfirmed} 份开箱记录等另一个开箱的人确认，确认以后才能登记。"
        url = list_address(BoxOpening, state=StateFilter.UNCONFIRMED)
        yield Waiting("待确认", "soon", words, url, "去确认")
    if differing := counts[StateFilter.DIFFERS]:
        words = f"{differing} 份开箱记录，登记的件数和取出的件数不一样，还没有说明清楚。"
        url = list_address(BoxOpening, state=StateFilter.DIFFERS)
        yield Waiting("件数不一致", "late", words, url, "去核对")


def matters_by_state(
    user: StaffUser, today: date, book: RuleBook
) -> "dict[str, QuerySet[SealedMatter]]":
    """Those that should have gone up, that must soon, and that wait for the witness.

    What came over the web and nobody has taken up stands on the page of sealed matters alone: the
    start page tells nobody of the office that there is something about it.
    """
    if not user.may(Deed.KEEP_SEALED_MATTERS):
        return {}
    mine = SealedMatter.objects.visible_to(user)
    return {value: mine.filter(found_by(value, today, book)) for value in MATTER_LINES}


def matters_that_wait(counts: Mapping[str, int]) -> Iterator[Waiting]:
    """By the counts of `matters_by_state`."""
    for value, (tag, tone, words, label) in MATTER_LINES.items():
        if count := counts[value]:
            url = list_address(SealedMatter, sent=value)
            yield Waiting(tag, tone, f"{count} {words}", url, label)
