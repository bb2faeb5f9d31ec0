"""The chain: what it records, and that altered, forged and lost events show."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from pytest_django.fixtures import Settings

from intake import audit
from intake.audit.chain import event_digest
from intake.audit.verification import LOST_KEY
from intake.choices import Action, Role, Scope, Signature, Way
from intake.models import AuditEvent, StaffUser, Submission
from tests.making import INSIDE, Intake, make_intake, make_staff, record_what_was_made

pytestmark = pytest.mark.django_db


def make_submission(intake: Intake, sealed: bytes = b"sealed", **changes: Any) -> Submission:
    """A web report as it was stored."""
    window = intake.round.window()
    values: dict[str, Any] = {
        "round": intake.round,
        "desk": intake.desks[0],
        "idempotency_key": f"{Submission.objects.count():064d}",
        "way": Way.WEB,
        "received_at": INSIDE,
        "window_opens": window.opens,
        "window_closes": window.closes,
        "signature": Signature.ANONYMOUS,
        "scope": Scope.IN,
        "route_reason": "按所选单位分送",
        "sealed": sealed,
        "sealed_digest": audit.fingerprint(sealed),
        "received_digest": audit.fingerprint(sealed),
    }
    return Submission.objects.create(**{**values, **changes})


def record(action: Action = Action.LOGIN_FAILED, **values: Any) -> AuditEvent:
    with transaction.atomic():
        return audit.record(action, at=INSIDE, **{"by": None, **values})


def problems() -> str:
    return "\n".join(audit.verify().problems)


def make_sound_chain() -> tuple[Intake, StaffUser]:
    """Four reports in two checkpoints, and eight events in all."""
    intake, user = make_intake(), make_staff(Role.AUDITOR)
    record_what_was_made()
    record(by=user)
    for count in range(3):
        make_submission(intake, b"sealed %d" % count)
    record(Action.GRANT, by=user, obj=user, desk=intake.desks[0], recipient="一")
    make_submission(intake, b"another")
    record(Action.LOGOUT, by=user, obj=user)
    record()
    return intake, user


def test_an_event_carries_who_what_which_and_when():
    intake, user = make_intake(), make_staff(Role.OFFICE)
    event = record(Action.GRANT, by=user, obj=user, desk=intake.office, recipient="一")
    kept = AuditEvent.objects.get(pk=event.pk)
    assert (kept.sequence, kept.actor, kept.action, kept.at) == (1, user, "grant", INSIDE)
    assert (kept.object_type, kept.object_id) == ("staffuser", str(user.pk))
    assert (kept.desk, kept.detail) == (intake.office, {"recipient": "一"})


def test_each_event_hangs_on_the_one_before():
    first, second = record(), record()
    assert (first.previous, second.previous) == ("0" * 64, first.digest)
    assert (first.sequence, second.sequence) == (1, 2)


def test_new_rows_are_chained_before_the_next_event():
    intake = make_intake()
    rows = [make_submission(intake, b"1"), make_submission(intake, b"2")]
    event = record()
    chained = AuditEvent.objects.get(action=Action.CHECKPOINT)
    assert (chained.sequence, event.sequence) == (1, 2)
    assert chained.detail["count"] == 2
    assert set(chained.rows.all()) == set(rows)


def test_a_citizens_report_adds_no_event():
    make_submission(make_intake())
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        audit.record(Action.LOGIN_FAILED, by=None, at=INSIDE)
    assert not AuditEvent.objects.exists()


def test_an_event_falls_with_its_deed():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(Action.LOGIN_FAILED, by=None, at=INSIDE)
        _ = 1 / 0
    assert not AuditEvent.objects.exists()


def test_an_empty_chain_is_sound():
    found = audit.verify()
    assert (found.is_sound, found.events, found.head) == (True, 0, "0" * 64)


def test_an_untouched_chain_is_sound():
    intake, _ = make_sound_chain()
    make_submission(intake, b"not chained yet")
    found = audit.verify()
    assert (found.problems, found.events, found.closed) == ((), 8, 1)
    assert found.head == AuditEvent.objects.get(sequence=8).digest


@pytest.mark.parametrize(
    "change",
    [
        {"at": INSIDE + timedelta(microseconds=1)},
        {"actor": None},
        {"action": Action.OPEN},
        {"object_type": "submission"},
        {"object_id": "0"},
        {"desk": None},
        {"detail": {"recipient": "二"}},
        {"detail": []},
        {"covers": {"made": "none"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_altered_event_shows(change: dict[str, Any]):
    make_sound_chain()
    AuditEvent.objects.filter(sequence=5).update(**change)
    assert "第5条的内容被改过。" in problems()
    assert "第5条的校验码对不上" in problems()


def test_an_event_altered_together_with_its_digest_shows():
    make_sound_chain()
    event = AuditEvent.objects.get(sequence=5)
    event.detail = {}
    event.digest = event_digest(event)
    event.save()
    assert problems() == (
        "第6条与前一条接不上：中间少了记录，或者前面的被改过。\n"
        "第5条的校验码对不上：不是本网站写的，或者被改过。"
    )


def test_a_deleted_event_shows():
    make_sound_chain()
    AuditEvent.objects.get(sequence=7).delete()
    assert "第6条之后缺了记录，下一条是第8条。" in problems()
    assert "第8条与前一条接不上" in problems()


def rebuild(*, code: str = "0" * 64) -> None:
    """The whole chain anew, as somebody can who has the database and not the key."""
    previous = "0" * 64
    for event in AuditEvent.objects.order_by("sequence"):
        event.previous, event.code = previous, code
        event.digest = previous = event_digest(event)
        event.save()


def test_a_chain_rebuilt_without_the_key_shows():
    make_sound_chain()
    AuditEvent.objects.filter(sequence=5).update(detail={"recipient": "二"})
    rebuild()
    assert problems() == LOST_KEY


def test_a_rebuilt_chain_that_the_site_went_on_writing_shows():
    make_sound_chain()
    rebuild(code="")
    record()
    assert "第1条至第8条的校验码对不上" in problems()


def test_an_event_appended_without_the_key_shows():
    make_sound_chain()
    last = AuditEvent.objects.latest("sequence")
    forged = AuditEvent(sequence=9, at=INSIDE, action=Action.LOGIN, previous=last.digest)
    forged.digest, forged.code = event_digest(forged), last.code
    forged.save()
    assert problems() == "第9条的校验码对不上：不是本网站写的，或者被改过。"


def test_under_another_key_nothing_is_genuine(settings: Settings):
    make_sound_chain()
    settings.AUDIT_KEY = b"another key, set by mistake after a move"
    assert problems() == LOST_KEY


def test_only_a_noted_head_shows_a_tail_cut_off():
    make_sound_chain()
    noted = audit.verify().head
    record()
    assert audit.verify(noted=noted).is_sound
    AuditEvent.objects.filter(sequence__gte=8).delete()
    assert audit.verify().is_sound
    assert "记下的指纹不在链上" in audit.verify(noted=noted).problems[0]


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_says_what_it_found_and_the_head():
    make_sound_chain()
    out, err = run("verify_audit")
    assert "操作留痕共8条。" in out
    assert audit.verify().head in out
    assert "检查通过" in out
    assert err == ""


def test_the_command_fails_when_something_was_altered():
    make_sound_chain()
    AuditEvent.objects.filter(sequence=5).update(object_id="0")
    err = StringIO()
    with pytest.raises(CommandError, match="检查没有通过，发现2个问题") as caught:
        call_command("verify_audit", stdout=StringIO(), stderr=err)
    assert caught.value.returncode == 1
    assert "第5条的内容被改过。" in err.getvalue()


def test_the_command_looks_for_a_noted_head():
    make_sound_chain()
    run("verify_audit", "--head", audit.verify().head.upper())
    with pytest.raises(CommandError):
        call_command("verify_audit", head="f" * 64, stdout=StringIO(), stderr=StringIO())


def test_checkpoint_chains_what_is_new_and_then_nothing():
    make_submission(make_intake())
    assert "已把1件信访件记入第1条" in run("checkpoint")[0]
    assert "没有新收到的" in run("checkpoint")[0]
    assert AuditEvent.objects.count() == 1


def test_many_rows_take_few_statements(django_assert_max_num_queries: Any):
    intake = make_intake()
    record_what_was_made()
    for count in range(40):
        make_submission(intake, b"%d" % count)
    with django_assert_max_num_queries(12):
        record()
    assert audit.verify().is_sound


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_unbroken_chain():
    intake = make_intake()
    record_what_was_made()

    def act(number: int) -> None:
        make_submission(intake, b"%d" % number, idempotency_key=f"{number:064d}")
        record()
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(24)))
    assert audit.verify().is_sound
    assert AuditEvent.objects.filter(action=Action.LOGIN_FAILED).count() == 24
    assert not Submission.objects.filter(chained_in=None).exists()
