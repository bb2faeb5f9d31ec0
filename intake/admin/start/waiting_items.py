"""Which items wait for a member, as lines of the start page: each is the number in its own list.

One table: which deed a line is for, how it is said, and by which choice of which filter the list
finds it. What the tally of statuses does not know is counted by the filter's own condition.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, IntegerField, Q, QuerySet, Subquery
from django.http import HttpRequest

from intake.access import Deed
from intake.admin.items.item_lines import moment
from intake.admin.items.list_filters import NewsFilter, list_address
from intake.admin.items.waiting_filters import (
    DueFilter,
    MineFilter,
    OnListFilter,
    TellingFilter,
    due_lists_of,
    to_approve_by,
    to_be_told,
    to_void_by,
)
from intake.admin.openings import signing_chores
from intake.admin.start.chore import Asked, Chore
from intake.admin.start.helped_chores import helped_by_choice
from intake.admin.who import desks_of, member, once, today_of
from intake.casework import news
from intake.casework.deadlines.due_lists import DueCounts
from intake.choices import Scope, Status
from intake.models import StaffKey, StaffUser, Submission

S = Status
REPEATS = "repeats"


@dataclass(frozen=True, slots=True)
class Wait:
    """A line; `words` stand behind the number, `finds` is the choice that the list is asked for."""

    deed: Deed
    tag: str
    words: str
    label: str
    finds: tuple[str, str]
    tone: str = "soon"


WAITS: tuple[Wait, ...] = (
    Wait(Deed.OPEN, "超期", "件已经超过办理期限。", "去看", ("due", DueFilter.OVERDUE), "late"),
    Wait(Deed.OPEN, "今天到期", "件的办理期限今天到。", "去看", ("due", "0"), "late"),
    Wait(Deed.OPEN, "5天内到期", "件的办理期限五天内到，今天到的也算。", "去看", ("due", "5")),
    Wait(Deed.OPEN, "15天内到期", "件的办理期限十五天内到，前面的也算。", "去看", ("due", "15")),
    Wait(
        Deed.OPEN,
        "期限算不出",
        "件的办理期限算不出：缺工作日安排。",
        "去看",
        ("due", DueFilter.UNKNOWN),
    ),
    Wait(
        Deed.HANDLE,
        "告知超期",
        "件超过了告知实名反映人的期限，还没有记下告知。",
        "去告知",
        ("telling", TellingFilter.OVERDUE),
        "late",
    ),
    Wait(
        Deed.HANDLE,
        "快要告知",
        "件五天内要告知实名反映人，或者期限算不出。",
        "去告知",
        ("telling", TellingFilter.SOON),
    ),
    Wait(Deed.REGISTER, "待登记", "件新来件等登记", "去登记", ("status", S.UNREGISTERED)),
    Wait(
        Deed.OPEN,
        "新补充",
        "件有新补充，收到以后受理席还没有打开过。",
        "去看",
        ("supplement", NewsFilter.NEW),
    ),
    Wait(Deed.SET_SCOPE, "待核", "件还没有核对受理范围。", "去核对", ("scope", Scope.UNCHECKED)),
    Wait(Deed.JUDGE, "待研判", "件已经登记，等研判。", "去研判", ("status", S.TO_ASSESS)),
    Wait(
        Deed.APPROVE, "待审批", "件别人拟办的，等您审批。", "去审批", ("mine", MineFilter.APPROVE)
    ),
    Wait(
        Deed.REROUTE, "退回", "件由巡察组退回，等改派。", "去改派", ("status", S.RETURNED), "late"
    ),
    Wait(
        Deed.TRANSFER,
        "待移交",
        "件已经同意移交，等放进移交清单。",
        "去移交",
        ("list", OnListFilter.NONE),
    ),
    Wait(
        Deed.NOTIFY,
        "待通知",
        "件立行立改，还没有起草通知书。",
        "去起草",
        ("list", OnListFilter.NO_NOTICE),
    ),
    Wait(Deed.VOID, "待作废", "件有人申请作废，等您确认。", "去确认", ("mine", MineFilter.VOID)),
)


def items_that_wait(asked: Asked) -> Iterator[Chore]:
    """The lines of this member that have something to say; without a desk there is none."""
    if asked.round is None or not asked.desks:
        return
    counts = _counts(asked)
    for wait in WAITS:
        count = counts[wait.finds] if asked.user.may(wait.deed) else 0
        if count:
            words = f"{count} {wait.words}"
            if wait.finds == ("status", S.UNREGISTERED):
                oldest = moment(asked.tally.oldest[S.UNREGISTERED], asked.round.zone)
                words += f"，最早的一件是 {oldest} 收到的。"
            name, value = wait.finds
            url = list_address(Submission, **{name: value})
            yield Chore(wait.tag, wait.tone, words, url, wait.label)


def _counts(asked: Asked) -> Mapping[tuple[str, str], int]:
    """By the choice of the filter; what an entry lacks here, a test names."""
    tally, numbers = asked.tally, numbers_of(asked.request)
    by_status = {("status", status.value): tally.by_status[status] for status in Status}
    by_scope = {("scope", Scope.UNCHECKED.value): tally.unchecked}
    return {**by_status, **by_scope, **_by_clock(numbers.due), **numbers.counts}


def _by_clock(found: DueCounts) -> dict[tuple[str, str], int]:
    within = {("due", str(days)): count for days, count in found.within.items()}
    ends = {DueFilter.OVERDUE: found.overdue, DueFilter.UNKNOWN: found.unknown}
    return {**{("due", name): count for name, count in ends.items()}, **within}


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many of the few rows wait, and the member's own public key; '' without one.

    Whoever has no desk has nothing that waits.
    """

    counts: Mapping[tuple[str, str], int]
    openings: Mapping[str, int]
    helped: Mapping[str, int]
    matters: Mapping[str, int]
    linked: Mapping[str, int]
    due: DueCounts
    recipient: str


def numbers_of(request: HttpRequest) -> Numbers:
    """One query a request, of as many numbers as are wanted."""
    return once(request, "numbers", lambda: _numbers(request))


def _numbers(request: HttpRequest) -> Numbers:
    user, today = member(request), today_of(request)
    if today is None or not desks_of(request):
        key = StaffKey.objects.filter(user=user).values_list("recipient", flat=True).first()
        none: Counter[Any] = Counter()
        return Numbers(none, none, none, none, none, DueCounts.read(""), key or "")
    lists = due_lists_of(request)
    items = Submission.objects.visible_to(user).order_by()
    found: dict[str, dict[Any, QuerySet[Any]]] = {
        "counts": {finds: items.filter(one) for finds, one in _few(request).items()},
        "openings": signing_chores.openings_by_state(user),
        "helped": helped_by_choice(user),
        "matters": signing_chores.matters_by_state(user, today, lists.book),
        "linked": {REPEATS: items.repeats()},
    }
    numbers = {
        f"{group}_{place}": _number_of(rows)
        for group, by_key in found.items()
        for place, rows in enumerate(by_key.values())
    }
    row = StaffUser.objects.filter(pk=user.pk).annotate(
        **numbers, due=Subquery(lists.counts_as_one(items, today))
    )
    told = row.values(*numbers, "due", "key__recipient").get()
    of_each = {
        group: {key: told[f"{group}_{place}"] for place, key in enumerate(by_key)}
        for group, by_key in found.items()
    }
    due = DueCounts.read(told["due"])
    return Numbers(**of_each, due=due, recipient=told["key__recipient"] or "")


def _few(request: HttpRequest) -> dict[tuple[str, str], Q]:
    user = member(request)
    return {
        **{("telling", value): to_be_told(request, value) for value in TellingFilter.WORDS},
        ("mine", MineFilter.APPROVE): to_approve_by(user),
        ("mine", MineFilter.VOID): to_void_by(user),
        ("supplement", NewsFilter.NEW): news.only_with_news(),
        **{("list", value): finds() for value, (_, finds) in OnListFilter.TABLE.items()},
    }


def _number_of(rows: "QuerySet[Any]") -> Subquery:
    """COUNT as a plain function: as an aggregate it would count row by row."""
    number = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(how_many=number).values("how_many"))
