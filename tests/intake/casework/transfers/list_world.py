"""One round with items that wait to be transferred, and the people of office and team."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from intake.casework.transfers import abstracts, gathering, list_moves
from intake.casework.transfers.gathering import Into
from intake.casework.transfers.list_faults import Given
from intake.casework.transfers.list_table import Step
from intake.choices import Handling, ListKind, Nature, ReceiverKind, Scope, Status
from intake.models import Desk, Receiver, StaffUser, Submission, TransferEntry, TransferList
from intake.models.codes_field import as_codes
from intake.report.on_paper.paper_facts import PaperFacts
from intake.report.transfer_words import EntryWords, ListWords
from intake.sealing.sealing import seal
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.staff_work import keyring_for, send

SECRET = "摘要里的机密（演示）"
ORIGINAL = (
    "（演示）村里的机动地没有开会就发包给了支书的亲戚，租金也一直没有入账，大家问过几次都没人答。"
)
REPORTER, PHONE = "赵演示", "13900001234"
DAY = date(2025, 4, 16)
LATER = INSIDE + timedelta(days=20)


@dataclass
class World:
    intake: Intake
    clerk: StaffUser
    head: StaffUser
    receiver: Receiver

    def item(self, *, status: Status = Status.TO_TRANSFER, **changes: Any) -> Submission:
        """An item of the first team that has come so far."""
        draft: dict[str, Any] = {
            "narrative": ORIGINAL,
            "identity": "named",
            "reporter_name": REPORTER,
        }
        draft |= {"reporter_phone": PHONE, "withhold_identity": changes.pop("withhold", False)}
        draft |= {"paper": PaperFacts(**changes.pop("noted", {})), **changes.pop("told", {})}
        item = send(self.intake, self.intake.targets[0], **draft)
        handled = Handling.FIX if status == Status.FIXING else Handling.TRANSFER
        values = {
            "number": Submission.objects.filter(round=self.intake.round).count(),
            "status": status,
            "nature": Nature.APPEAL,
            "scope": Scope.OUT,
            "handled_as": handled,
        }
        Submission.objects.filter(pk=item.pk).update(**{**values, **changes})
        item.refresh_from_db()
        return item

    def gather(self, *items: Submission, by: StaffUser | None = None, **into: Any) -> TransferList:
        where = Into(**{"kind": ListKind.TRANSFER, "receiver": self.receiver, **into})
        by = by or self.clerk
        keys = [item.pk for item in items]
        return gathering.gather(keys, where, keyring=keyring_for(by), by=by, at=INSIDE)

    def write(self, row: TransferList, *, by: StaffUser | None = None, **words: str) -> None:
        by = by or self.clerk
        for entry in row.entries.on_the_list():
            row.refresh_from_db()
            abstracts.write(
                row.pk,
                entry.pk,
                EntryWords(**{"abstract": SECRET, **words}),
                version=row.version,
                keyring=keyring_for(by),
                by=by,
                at=INSIDE,
            )

    def do(
        self, row: TransferList, step: Step, *, by: StaffUser | None = None, **given: Any
    ) -> TransferList:
        at: datetime = given.pop("at", LATER)
        by = by or self.clerk
        row.refresh_from_db()
        version = given.pop("version", row.version)
        keyring = keyring_for(by)
        return list_moves.do(
            row.pk, step, Given(**given), version=version, keyring=keyring, by=by, at=at
        )

    def written(self, *items: Submission, **into: Any) -> TransferList:
        row = self.gather(*items, **into)
        self.write(row)
        return row

    def approved(self, *items: Submission, **into: Any) -> TransferList:
        row, number = self.written(*items, **into), "岚巡办移〔2025〕1号"
        self.do(row, Step.PROPOSE, at=INSIDE)
        return self.do(row, Step.APPROVE, by=self.head, document_number=number, at=INSIDE)

    def sent(self, *items: Submission, **into: Any) -> TransferList:
        return self.do(self.approved(*items, **into), Step.SEND, sent_on=DAY)


def lay_on_a_list(item: Submission, desk: Desk, words: EntryWords | None = None) -> TransferEntry:
    """On a draft of the desk, with these words; without events."""
    receiver, _made = Receiver.objects.get_or_create(name="信访局（演示）", kind="petitions")
    row = TransferList.objects.create(
        round_id=desk.round_id,
        desk=desk,
        receiver=receiver,
        kind=ListKind.TRANSFER,
        made_at=INSIDE,
        sealed=seal(ListWords().to_bytes(), desk.recipient),
    )
    sealed = seal((words or EntryWords()).to_bytes(), desk.recipient)
    return TransferEntry.objects.create(list=row, submission=item, item_version=1, sealed=sealed)


def make_world() -> World:
    intake = make_intake()
    return World(
        intake,
        make_clerk(intake, intake.office),
        make_clerk(intake, intake.office, may_approve=True),
        Receiver.objects.get_or_create(
            name="岚台市信访局（演示）",
            defaults={
                "kind": ReceiverKind.PETITIONS,
                "takes": as_codes([Nature.APPEAL, Nature.SUGGESTION]),
            },
        )[0],
    )
