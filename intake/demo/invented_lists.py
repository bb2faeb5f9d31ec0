"""移交清单 in each state, some come back, and a notice to set something right on its way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspection.models import Round
from inspection.schedule import ONE_DAY
from intake.casework.transfers import abstracts, gathering, list_moves
from intake.casework.transfers.gathering import Into
from intake.casework.transfers.list_faults import Given
from intake.casework.transfers.list_table import Step
from intake.choices import ListKind, Nature, ReceiverKind, Status
from intake.demo import agenda
from intake.demo.actors import Actors, Pair
from intake.demo.agenda import in_turn
from intake.demo.invented_texts import MARK
from intake.models import Desk, Receiver, Submission, TransferList
from intake.models.codes_field import as_codes
from intake.report.transfer_words import EntryWords

_SIGNED = (Step.PROPOSE, Step.APPROVE, Step.SEND, Step.SIGN)
_OBJECTED = (Step.PROPOSE, Step.APPROVE, Step.SEND, Step.OBJECT)
# How far each list has come, a day a step; whatever waits beside them is on no list yet.
_COURSES: tuple[tuple[Step, ...], ...] = (
    (*_SIGNED, Step.ANSWER),
    (*_OBJECTED, Step.TAKE_BACK),
    _SIGNED,
    _OBJECTED,
    (Step.PROPOSE, Step.APPROVE, Step.SEND),
    (),
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """One item for one list."""

    item: Submission
    into: Into
    steps: tuple[Step, ...]
    number: str


def gather_lists(round_: Round, actors: Actors, *, at: datetime) -> None:
    """One item a list, made by the office's clerk and approved by its head."""
    office = actors.at(Desk.objects.of_offices().get(round=round_))
    year = at.astimezone(round_.zone).year
    in_turn([_gone(plan, office) for plan in _plans(round_, year)], until=at)


def _plans(round_: Round, year: int) -> Iterator[_Plan]:
    items = Submission.objects.filter(round=round_).select_related("round")
    oldest = items.order_by("received_at", "pk")
    into = Into(ListKind.TRANSFER, receiver=_receiver())
    waiting = zip(oldest.filter(status=Status.TO_TRANSFER), _COURSES, strict=False)
    for number, (item, steps) in enumerate(waiting, start=1):
        yield _Plan(item, into, steps, f"演示移〔{year}〕{number}号")
    fixing = oldest.filter(status=Status.FIXING, target__isnull=False).first()
    if fixing is not None:
        yield _Plan(fixing, Into(ListKind.FIX), _SIGNED, f"演示改〔{year}〕1号")


def _gone(plan: _Plan, office: Pair) -> agenda.Course:
    """Gathered on the day after the approval, and written at once."""
    clerk, item = office.clerk, plan.item
    at = yield (item.approved_at or item.received_at) + ONE_DAY
    row = gathering.gather([item.pk], plan.into, keyring=clerk.keyring, by=clerk.user, at=at)
    _write(row, office, at)
    for step in plan.steps:
        at = yield at + (ONE_DAY if step != Step.APPROVE else timedelta(hours=3))
        by = office.head if step == Step.APPROVE else clerk
        row.refresh_from_db()
        given = _given(step, row, at.astimezone(item.round.zone).date(), plan.number)
        list_moves.do(
            row.pk, step, given, version=row.version, keyring=by.keyring, by=by.user, at=at
        )


def _receiver() -> Receiver:
    found, _made = Receiver.objects.get_or_create(
        name="市信访局（演示）",
        defaults={
            "kind": ReceiverKind.PETITIONS,
            "address": "某路1号（演示）",
            "takes": as_codes([Nature.APPEAL, Nature.SUGGESTION, Nature.OUT_OF_SCOPE]),
        },
    )
    return found


def _write(row: TransferList, office: Pair, at: datetime) -> None:
    words = EntryWords(abstract=f"请求公开办事的时限和结果{MARK}")
    entry = row.entries.on_the_list().get()
    by = office.clerk
    abstracts.write(
        row.pk, entry.pk, words, version=row.version, keyring=by.keyring, by=by.user, at=at
    )


def _given(step: Step, row: TransferList, day: date, number: str) -> Given:
    """What the deed asks."""
    entries = tuple(row.entries.on_the_list().values_list("pk", flat=True))
    objection, back = f"不归本单位管{MARK}", f"同意退回{MARK}"
    given = {
        Step.APPROVE: Given(document_number=number),
        Step.SEND: Given(sent_on=day),
        Step.SIGN: Given(signed_on=day, signer="冯某某（演示）"),
        Step.OBJECT: Given(objection_on=day, entries=entries, reason=objection),
        Step.TAKE_BACK: Given(returned_on=day, back_to=Status.TO_ASSESS, reason=back),
        Step.ANSWER: Given(feedback_on=day, result=f"已答复本人{MARK}"),
    }
    return given.get(step, Given())
