"""密封件: what may not be on the platform goes up within five working days. Audited.

The platform knows its number, dates, keeper and two signatures, and nothing of what it says.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet

from inspection.models import Round
from intake import audit
from intake.access import Deed
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices import Action, DeskKind
from intake.choices.deadline_lists import RuleCode
from intake.models import Desk, SealedMatter, StaffUser, Submission


class CannotKeepSealed(ValueError):
    """It cannot be recorded, sent on or signed like this; `field` names what is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class DueDays:
    """When matters have to be sent on, by the rule that the office keeps and the calendar."""

    book: RuleBook

    def of(self, matter: SealedMatter) -> date | None:
        """The last day; None where the calendar lacks a year, or the office shut the rule."""
        return self.after(matter.received_on)

    def after(self, received_on: date) -> date | None:
        """The same for whatever came in on that day, also what is no matter yet."""
        return self.book.last_day(RuleCode.SEALED_MATTER, received_on)


def keepers(round_: Round) -> "QuerySet[StaffUser]":
    """Who can keep a matter of the round: the members of its office."""
    members = StaffUser.objects.filter(
        accesses__desk__round=round_, accesses__desk__kind=DeskKind.OFFICE, is_active=True
    )
    return members.order_by("username").distinct()


def next_number(round_: Round) -> int:
    """The number that the round's next matter gets: a series of its own, without gaps."""
    last = SealedMatter.objects.filter(round=round_).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def keep(
    round_: Round,
    received_on: date,
    keeper: StaffUser,
    *,
    expected: int,
    item: Submission | None = None,
    by: StaffUser,
    at: datetime,
) -> SealedMatter:
    """Records one, for an `item` of the web if it came so. Raises CannotKeepSealed.

    `expected` is the number that the page showed: matters look alike, so that a second press
    would else be a second matter.
    """
    desk = office_of(round_, by)
    _refuse_wrong_facts(round_, received_on, keeper, at)
    with transaction.atomic():
        # Whoever records holds the end of the chain, so that no number is given twice.
        audit.checkpoint(at=at)
        number = next_number(round_)
        if number != expected:
            words = f"密-{number - 1:03d} 刚才已经登记。同一件不用再登记；是另一件，请再按一次。"
            raise CannotKeepSealed("", words)
        matter = SealedMatter.objects.create(
            round=round_,
            number=number,
            received_on=received_on,
            keeper=keeper,
            recorded_at=at,
            submission=item,
        )
        audit.record(
            Action.KEEP_SEALED, by=by, at=at, obj=matter, desk=desk, made=[matter], number=number
        )
    return matter


def mark_of(matter: SealedMatter) -> str:
    """What a page had shown of what may be corrected."""
    return f"{matter.received_on.isoformat()} {matter.keeper_id}"


def correct(
    matter: SealedMatter,
    received_on: date,
    keeper: StaffUser,
    *,
    seen: str,
    by: StaffUser,
    at: datetime,
) -> SealedMatter:
    """Sets the day or the keeper right, until both have signed. Raises CannotKeepSealed."""
    with transaction.atomic():
        held = _held(matter, by, at)
        _refuse_what_is_signed(held)
        if mark_of(held) != seen:
            raise CannotKeepSealed("", "您打开这一页以后，登记改过。请再看一遍。")
        _refuse_wrong_facts(held.round, received_on, keeper, at)
        if held.sent_on and received_on > held.sent_on:
            raise CannotKeepSealed("received_on", "收件日期不能晚于上送日期。")
        if held.submission_id and received_on != held.received_on:
            raise CannotKeepSealed("received_on", "网上来的，收件日期以网站收到的时间为准。")
        said: dict[str, Any] = {}
        if received_on != held.received_on:
            said["from_received_on"] = held.received_on.isoformat()
            said["received_on"] = received_on.isoformat()
        if keeper.pk != held.keeper_id:
            said["keeper"] = "changed"
        if not said:
            raise CannotKeepSealed("", "和现在登记的一样，没有改动。")
        held.received_on, held.keeper = received_on, keeper
        _save(held, Action.CORRECT_SEALED, ("received_on", "keeper"), by=by, at=at, **said)
    return held


def send_on(matter: SealedMatter, sent_on: date, *, by: StaffUser, at: datetime) -> SealedMatter:
    """The sender signs for the day; may sign another day until the witness has signed."""
    with transaction.atomic():
        held = _held(matter, by, at)
        _refuse_what_is_signed(held)
        if held.first_signed_by_id not in (None, by.pk):
            raise CannotKeepSealed("", f"{held.first_signed_by}已经签名送出，请等见证人签名。")
        if sent_on > at.astimezone(held.round.zone).date():
            raise CannotKeepSealed("sent_on", "上送日期还没有到，请核对。")
        if sent_on < held.received_on:
            raise CannotKeepSealed("sent_on", "上送日期不能早于收件日期。")
        if (held.sent_on, held.first_signed_by_id) == (sent_on, by.pk):
            raise CannotKeepSealed("", "已经这样签过了，请等见证人签名。")
        held.sent_on, held.first_signed_by = sent_on, by
        _save(held, Action.SEND_SEALED, ("sent_on", "first_signed_by"), by=by, at=at)
    return held


def witness(matter: SealedMatter, *, seen: str, by: StaffUser, at: datetime) -> SealedMatter:
    """Another member signs that it was sent on the day that was `seen`. Raises CannotKeepSealed."""
    with transaction.atomic():
        held = _held(matter, by, at)
        _refuse_what_is_signed(held)
        if held.sent_on is None:
            raise CannotKeepSealed("", "还没有人签名送出。")
        if held.first_signed_by_id == by.pk:
            raise CannotKeepSealed("", "要两个人签名，同一个人不能签两次。")
        if held.sent_on.isoformat() != seen:
            raise CannotKeepSealed("", "您打开这一页以后，上送日期改过。请再看一遍。")
        held.second_signed_by = by
        _save(held, Action.SIGN_SEALED, ("second_signed_by",), by=by, at=at)
    return held


def _refuse_wrong_facts(round_: Round, received_on: date, keeper: StaffUser, at: datetime) -> None:
    if received_on > at.astimezone(round_.zone).date():
        raise CannotKeepSealed("received_on", "收件日期还没有到，请核对。")
    if not keepers(round_).filter(pk=keeper.pk).exists():
        raise CannotKeepSealed("keeper", "保管人要是这一轮巡察办的成员。")


def _refuse_what_is_signed(matter: SealedMatter) -> None:
    if matter.second_signed_by_id is not None:
        raise CannotKeepSealed("", "两个人都已签名，不能再改。")


def office_of(round_: Round, by: StaffUser) -> Desk:
    if not by.may(Deed.KEEP_SEALED_MATTERS):
        raise PermissionDenied
    desk = Desk.objects.visible_to(by).of_offices().filter(round=round_).first()
    if desk is None:
        raise PermissionDenied
    return desk


def _held(matter: SealedMatter, by: StaffUser, at: datetime) -> SealedMatter:
    """The row, locked. Raises SealedMatter.DoesNotExist for one of another office."""
    if not by.may(Deed.KEEP_SEALED_MATTERS):
        raise PermissionDenied
    # The audit's own lock comes first, because its holder may go on to lock this very row.
    audit.checkpoint(at=at)
    mine = SealedMatter.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    return mine.select_related("round").get(pk=matter.pk)


def _save(
    matter: SealedMatter,
    action: Action,
    columns: tuple[str, ...],
    *,
    by: StaffUser,
    at: datetime,
    **said: Any,
) -> None:
    desk, number = office_of(matter.round, by), matter.number
    audit.record(
        action, by=by, at=at, obj=matter, desk=desk, changed=[matter], number=number, **said
    )
    matter.save(update_fields=columns)
