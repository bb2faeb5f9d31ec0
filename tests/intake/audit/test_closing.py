"""What was written before there was a key: linked as it was, and closed by one event."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from pytest_django.fixtures import Settings

from inspection.models import WorkCalendarDay
from intake import audit
from intake.audit.chain import event_digest
from intake.choices import Action
from intake.models import AuditEvent, Desk, StaffKey, StaffUser, Submission
from tests.making import INSIDE, make_clerk, make_intake, record_what_was_made
from tests.staff_work import send_with_all

pytestmark = pytest.mark.django_db(transaction=True)


def upgrade() -> None:
    """From a site of before, with events, items and members, to one with a key."""
    intake = make_intake()
    make_clerk(intake, intake.desks[0])
    send_with_all(intake, intake.targets[0])
    with transaction.atomic():
        audit.record(Action.LOGIN_FAILED, by=None, at=INSIDE)
    AuditEvent.objects.update(covers={}, code="")
    previous = "0" * 64
    for event in AuditEvent.objects.order_by("sequence"):
        event.previous = previous
        event.digest = previous = event_digest(event)
        event.save()
    now = MigrationExecutor(connection).loader.graph.leaf_nodes("intake")
    MigrationExecutor(connection).migrate([("intake", "0007_seal_second_factors")])
    MigrationExecutor(connection).migrate(now)


def problems() -> str:
    return "\n".join(audit.verify().problems)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done to the site in here is undone: to upgrade one takes seconds."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def change_the_old_part(sequence: int) -> None:
    event = AuditEvent.objects.get(sequence=sequence)
    event.object_id = "1"
    event.digest = event_digest(event)
    event.save()


def close_without_the_key() -> None:
    AuditEvent.objects.filter(sequence__gte=3).update(code="0" * 64)


# What is done to a site whose old part was closed, and what is said of it.
TAMPERINGS: tuple[tuple[Callable[[], object], str], ...] = (
    (lambda: change_the_old_part(1), "与前一条接不上"),
    (lambda: change_the_old_part(2), "与前一条接不上"),
    (
        lambda: StaffUser.objects.update(full_name="李（演示）"),
        "的姓名和操作留痕所记的不一样。",
    ),
    (
        lambda: Desk.objects.of_offices().update(kind="superior"),
        "的种类和操作留痕所记的不一样。",
    ),
    (
        lambda: StaffUser.objects.update(may_approve=True),
        "的可以审批和操作留痕所记的不一样。",
    ),
    (close_without_the_key, "没有一条记录的校验码对得上"),
)


def test_the_migration_closes_what_was_before():
    upgrade()
    out = StringIO()
    call_command("verify_audit", stdout=out, stderr=out)
    assert "第3条封住了它以前的记录：那些只有指纹相连，没有密钥的校验码。" in out.getvalue()
    closing = AuditEvent.objects.get(action=Action.CLOSE_CHAIN)
    assert (closing.sequence, closing.detail) == (3, {"events": 2})
    # After it everything is chained and sealed to as before.
    for desk in Desk.objects.all():
        assert audit.recipient_of(desk) == desk.recipient
    assert audit.recipient_of_member(StaffKey.objects.get())
    with taken_back():
        audit.checkpoint(at=INSIDE)
        assert not Submission.objects.filter(chained_in=None).exists()
        assert problems() == ""
    # And neither the old part nor what the closing recorded may change any more.
    for tamper, told in TAMPERINGS:
        with taken_back():
            tamper()
            assert told in problems()


@pytest.mark.django_db
def test_a_new_site_has_nothing_to_close():
    """Such is every database of the tests: all migrations made it, and their rows are there."""
    assert WorkCalendarDay.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.fixture
def lost(settings: Settings) -> str:
    """A site whose key was lost and replaced; the head that was noted on paper before."""
    intake = make_intake()
    user = make_clerk(intake, intake.desks[0])
    record_what_was_made()
    send_with_all(intake, intake.targets[0])
    with transaction.atomic():
        audit.record(Action.LOGIN, by=user, at=INSIDE, obj=user, factor="totp")
    settings.AUDIT_KEY = b"a new key, because nobody has the old one"
    return audit.verify().head


def close(head: str) -> str:
    out = StringIO()
    call_command("close_audit", "--head", head, stdout=out)
    return out.getvalue()


def test_under_a_new_key_the_site_goes_on_after_the_closing(lost: str):
    assert "没有一条记录的校验码对得上" in problems()
    said = close(lost)
    assert all(desk.recipient in said for desk in Desk.objects.all())
    assert problems() == ""
    assert {audit.recipient_of(desk) for desk in Desk.objects.all()}
    with transaction.atomic():
        assert audit.checkpoint(at=INSIDE)
    assert problems() == ""
    StaffUser.objects.update(full_name="李（演示）")
    assert "的姓名和操作留痕所记的不一样。" in problems()


def test_nothing_is_closed_without_the_noted_head(lost: str):
    with pytest.raises(CommandError, match="抄下的指纹不在链上"):
        close("f" * 64)
    assert not AuditEvent.objects.filter(action=Action.CLOSE_CHAIN).exists()


def test_a_part_that_does_not_hold_together_is_not_closed(lost: str):
    AuditEvent.objects.filter(sequence=2).update(object_id="1")
    with pytest.raises(CommandError, match="第2条的内容被改过"):
        close(lost)


def test_what_the_site_wrote_under_the_new_key_before_is_closed_too(lost: str):
    with transaction.atomic():
        audit.record(Action.LOGIN_FAILED, by=None, at=INSIDE)
    close(lost)
    assert problems() == ""


def test_a_forged_event_is_not_closed_in(lost: str):
    close(lost)
    AuditEvent.objects.filter(action=Action.CLOSE_CHAIN).update(code="0" * 64)
    with transaction.atomic():
        audit.record(Action.LOGIN_FAILED, by=None, at=INSIDE)
    AuditEvent.objects.filter(action=Action.LOGIN_FAILED).update(code="0" * 64)
    with transaction.atomic():
        user = StaffUser.objects.get()
        head = audit.record(Action.LOGIN, by=user, at=INSIDE, obj=user, factor="totp").digest
        last = audit.record(Action.LOGOUT, by=user, at=INSIDE, obj=user)
    AuditEvent.objects.filter(pk=last.pk).update(code="0" * 64)
    with pytest.raises(CommandError, match="不是丢了密钥"):
        close(head)


def test_a_key_that_is_not_lost_closes_nothing(lost: str, settings: Settings):
    close(lost)
    with pytest.raises(CommandError, match="AUDIT_KEY 没有丢"):
        close(lost)
