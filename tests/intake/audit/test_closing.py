"""What was written before there was a key: linked as it was, and closed by one event."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django.fixtures import Settings

from inspection.models import WorkCalendarDay
from intake import audit
from intake.choices import Action
from intake.models import AuditEvent, Desk, StaffUser
from tests.making import INSIDE, make_clerk, make_intake, record_what_was_made
from tests.staff_work import send_with_all

pytestmark = pytest.mark.django_db


def problems() -> str:
    return "\n".join(audit.verify().problems)


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
    AuditEvent.objects.filter(sequence=2).update(object_id="another")
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
