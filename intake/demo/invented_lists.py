"""移交清单 in each state: one in the making, one on its way, one signed for, one answered."""

from datetime import date, datetime

from inspection.models import Round
from intake.casework.transfers import abstracts, gathering, list_moves
from intake.casework.transfers.gathering import Into
from intake.casework.transfers.list_faults import Given
from intake.casework.transfers.list_table import Step
from intake.choices import DeskKind, ListKind, Nature, ReceiverKind, Status
from intake.demo.actors import Actors, Pair
from intake.demo.invented_texts import MARK
from intake.models import Desk, Receiver, Submission, TransferList
from intake.models.codes_field import as_codes
from intake.report.transfer_words import EntryWords

# How far each list has come; whatever waits beside them is on no list yet.
_STEPS = (Step.PROPOSE, Step.APPROVE, Step.SEND, Step.SIGN, Step.ANSWER)
_FAR = (5, 4, 3, 0)


def gather_lists(round_: Round, actors: Actors, *, at: datetime) -> None:
    """One item a list, made by the office's clerk and approved by its head."""
    office = actors.at(Desk.objects.get(round=round_, kind=DeskKind.OFFICE))
    waiting = Submission.objects.filter(round=round_, status=Status.TO_TRANSFER)
    receiver = _receiver()
    items = waiting.order_by("received_at", "pk")
    for number, (item, far) in enumerate(zip(items, _FAR, strict=False), start=1):
        into = Into(ListKind.TRANSFER, receiver=receiver)
        clerk = office.clerk
        row = gathering.gather([item.pk], into, keyring=clerk.keyring, by=clerk.user, at=at)
        _write(row, office, at)
        given = _given(at.astimezone(round_.zone).date(), number)
        for step in _STEPS[:far]:
            by = office.head if step == Step.APPROVE else clerk
            row.refresh_from_db()
            list_moves.do(
                row.pk,
                step,
                given.get(step, Given()),
                version=row.version,
                keyring=by.keyring,
                by=by.user,
                at=at,
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


def _given(today: date, number: int) -> dict[Step, Given]:
    return {
        Step.APPROVE: Given(document_number=f"演示移〔{today.year}〕{number}号"),
        Step.SEND: Given(sent_on=today),
        Step.SIGN: Given(signed_on=today, signer="冯某某（演示）"),
        Step.ANSWER: Given(feedback_on=today, result=f"已答复本人{MARK}"),
    }
