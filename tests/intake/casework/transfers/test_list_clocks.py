"""Until when a receiver may object and must answer."""

from datetime import date

import pytest

from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.transfers.list_clocks import clocks_of, feedback_due
from intake.choices import ListKind, ListState
from intake.models import Desk, Receiver, TransferList
from tests.making import make_round

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "state", "sent", "signed", "last"),
    [
        (ListKind.TRANSFER, ListState.SENT, date(2025, 4, 30), None, date(2025, 5, 12)),
        (ListKind.TRANSFER, ListState.SENT, date(2026, 12, 28), None, None),
        (
            ListKind.TRANSFER,
            ListState.SIGNED,
            date(2025, 4, 30),
            date(2025, 4, 30),
            date(2025, 7, 30),
        ),
        (ListKind.FIX, ListState.SIGNED, date(2025, 4, 30), date(2025, 4, 30), date(2025, 6, 30)),
    ],
)
def test_the_last_day(
    kind: ListKind, state: ListState, sent: date | None, signed: date | None, last: date | None
):
    row = TransferList(
        round=make_round(),
        desk=Desk(),
        receiver=Receiver(),
        kind=kind,
        state=state,
        sent_on=sent,
        signed_on=signed,
    )
    book = RuleBook.read()
    clock, *objection = clocks_of(row, date(2025, 8, 1), book, {})
    is_answer = state is ListState.SIGNED
    assert (clock.last, clock.is_late) == (last, is_answer)
    assert clock.left.startswith("已超期") == is_answer
    # Who signed on delivery may object as long, and is not late afterwards.
    (objects,) = objection or [clock]
    until = date(2025, 5, 12) if sent and sent.year == 2025 else None
    assert (objects.words, objects.last, objects.is_late) == ("提出异议", until, False)
    assert objects.left == ("异议期已过" if until else "")
    assert feedback_due(TransferList(), book) is None
