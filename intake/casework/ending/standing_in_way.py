"""What keeps a round from being archived or destroyed: one sentence each, with the item."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from inspection.models import Round
from inspection.wording import moment_words
from intake.access import Deed
from intake.casework.ending.holds import holds_seen_by
from intake.choices import APPRAISED_STATUSES, ENDED_STATUSES, Status
from intake.models import (
    AppraisalEntry,
    DeskRotation,
    Hold,
    RepeatLink,
    SealedMatter,
    StaffUser,
    Submission,
)
from intake.models.together.seeing_items import hidden_from

# A page lists so many items; how many there are is said besides.
MOST_SHOWN = 200
UNSEEN = "您看不到的件里，"
# An archive without them would be destroyed as if it were whole.
KEPT_OUT = "这一轮有您看不到的件。归档和清理要由都看得到的负责人来做，或者请巡察办先结束回避。"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`item` is what a page leads to, where it is one."""

    words: str
    item: Submission | None = None


class StandsInTheWay(Exception):
    """`obstacles` are what must be cleared away first; nothing was done."""

    def __init__(self, *obstacles: Obstacle) -> None:
        super().__init__("；".join(one.words for one in obstacles))
        self.obstacles = obstacles


def open_items(round_: Round) -> QuerySet[Submission]:
    """Of the round's own desks, what is neither archived nor ended in another way.

    A repeat goes with its first item.
    """
    with_lead = RepeatLink.objects.live().filter(lead__status__in=ENDED_STATUSES)
    ended = Q(status__in=ENDED_STATUSES) | Q(
        status=Status.REPEAT, pk__in=with_lead.order_by().values("repeat")
    )
    items = Submission.objects.filter(round=round_).exclude(ended)
    return items.exclude(pk__in=Submission.objects.for_the_superior().values("pk"))


def unsigned_items(round_: Round) -> QuerySet[Submission]:
    """Archived, or left out of the archive, without a list that two members signed."""
    signed = AppraisalEntry.objects.filter(is_live=True, appraisal__settled_at__isnull=False)
    items = Submission.objects.filter(round=round_, status__in=APPRAISED_STATUSES)
    return items.exclude(pk__in=signed.order_by().values("submission"))


def obstacles(round_: Round, *, by: StaffUser | None, at: datetime) -> Iterator[Obstacle]:
    """In the order in which they are best cleared away; none when nothing stands in the way.

    `by` is told of what is seen, and a head that there is more; None is told of all.
    """
    ends = ended_at(round_)
    if at < ends:
        yield Obstacle(f"这一轮到 {moment_words(ends, round_.zone)} 才结束，在那以前还会收到补充。")
    yield from _items_in_the_way(
        open_items(round_), "还有{count}件没有归档，也没有定为不归档。", by
    )
    yield from _items_in_the_way(
        unsigned_items(round_),
        "还有{count}件归档、不归档没有两个人签名的清单。请先撤回归档，再列进清单。",
        by,
    )
    yield from holds_of(round_, by=by)
    if by is not None and by.may(Deed.END_ROUND) and _is_kept_out(by, round_):
        yield Obstacle(KEPT_OUT)
    waiting = Submission.objects.for_the_superior().filter(round=round_)
    sent = SealedMatter.objects.filter(sent_on__isnull=False, second_signed_by__isnull=False)
    # How many there are stands on the page of sealed matters alone.
    if waiting.exclude(sealed_matter__in=sent).exists():
        yield Obstacle("还有密封的网上来件没有上送并由两人签名。")
    if count := SealedMatter.objects.filter(round=round_, sent_on__isnull=True).count():
        yield Obstacle(f"还有 {count} 件密封件没有上送。")
    yield from rotations_of(round_)


def _items_in_the_way(
    items: QuerySet[Submission], words: str, by: StaffUser | None
) -> Iterator[Obstacle]:
    seen = items.filter(pk__in=Submission.objects.visible_to(by).values("pk")) if by else items
    count = seen.count()
    if count:
        yield Obstacle(words.format(count=f" {count} "))
    for item in seen.select_related("round", "desk__team").defer("sealed")[:MOST_SHOWN]:
        yield Obstacle(f"{_named(item)}：{item.get_status_display()}", item)
    # How many there are at a desk that is not theirs nobody is told.
    if by is not None and by.may(Deed.END_ROUND) and items.count() > count:
        yield Obstacle(f"{UNSEEN}{words.format(count='几')}")


def _is_kept_out(by: StaffUser, round_: Round) -> bool:
    return Submission.objects.filter(hidden_from(by), round=round_).exists()


def _named(item: Submission) -> str:
    """Those without a number are told apart by when they came."""
    return item.display_number or f"{moment_words(item.received_at, item.round.zone)}收到的"


def holds_of(round_: Round, *, by: StaffUser | None) -> Iterator[Obstacle]:
    """What somebody said must neither be archived nor destroyed yet."""
    live = Hold.objects.live().filter(round=round_)
    seen = holds_seen_by(by, round_).filter(lifted_at=None) if by else live
    for hold in seen.select_related("submission__round"):
        what = f"{hold.submission}" if hold.submission else "整轮"
        yield Obstacle(f"{what}已经暂缓，要先由负责人解除。", hold.submission)
    if by is not None and by.may(Deed.END_ROUND) and live.count() > seen.count():
        yield Obstacle(f"{UNSEEN}有已经暂缓的。")


def rotations_of(round_: Round) -> Iterator[Obstacle]:
    """A desk whose keys are being exchanged has two identities until that is over."""
    running = DeskRotation.objects.running().filter(desk__round=round_)
    for rotation in running.select_related("desk__team"):
        yield Obstacle(f"{rotation.desk}正在更换密钥，要先换完。")


def ended_at(round_: Round) -> datetime:
    """When nothing more is taken over the web, for any team of the round."""
    ends = [round_.running().closes, *(team.running().closes for team in round_.teams.all())]
    return max(ends)
