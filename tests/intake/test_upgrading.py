"""A site of before comes through the migrations, back and forth, with all that it holds.

One walk serves for all that is compared: it takes half a minute, most of it to draw models.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django_otp.oath import hotp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from intake import audit
from intake.audit.chain import append, event_digest
from intake.audit.covered import BY_NAME
from intake.audit.covering import prints_of
from intake.choices import Action, ListKind, ListState
from intake.models import (
    Attachment,
    AuditEvent,
    Authenticator,
    Desk,
    StaffKey,
    StaffUser,
    Submission,
    Supplement,
    TransferEntry,
)
from tests.logging_in import post_login, standing_clock
from tests.making import INSIDE, make_clerk, make_intake
from tests.staff_work import send, send_with_all

# What an authenticator app was given before the secrets were sealed.
OLD_SECRET = "3132333435363738393031323334353637383930"
OLD_CODE = "abcd2345"
ANSWERED_ON = date(2025, 5, 6)

GetModel = Callable[[str, str], Any]


def migrate_to(*targets: tuple[str, str]) -> GetModel:
    """The models as they were or are there."""
    get_model: GetModel = MigrationExecutor(connection).migrate(list(targets)).apps.get_model
    return get_model


def make_site() -> StaffUser:
    """With reports, a member, and events that have no key."""
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    send_with_all(intake, intake.targets[0])
    send(intake, intake.targets[1])
    with transaction.atomic():
        audit.record(Action.LOGIN_FAILED, by=None, at=INSIDE)
    AuditEvent.objects.update(covers={}, code="")
    previous = "0" * 64
    for event in AuditEvent.objects.order_by("sequence"):
        event.previous = previous
        event.digest = previous = event_digest(event)
        event.save()
    return clerk


def enrol_in_clear(user: StaffUser) -> None:
    TOTPDevice.objects.create(user=user, confirmed=True, key=OLD_SECRET)
    codes = StaticDevice.objects.create(user=user, confirmed=True)
    StaticToken.objects.create(device=codes, token=OLD_CODE)


def what_is_sealed_now_counts_as_what_came_in(get_model: GetModel) -> None:
    for row in get_model("intake", "supplement").objects.all():
        assert (row.received_digest, row.chained_in) == (row.sealed_digest, None)
    for file in get_model("intake", "attachment").objects.all():
        assert (file.received_digest, file.chained_in) == (file.sealed_sha256, None)


def chain_parts_as_before(get_model: GetModel) -> None:
    """One event of those times holds them: the closing sets them free."""
    event = get_model("intake", "auditevent").objects.earliest("sequence")
    for kind in ("supplement", "attachment"):
        assert get_model("intake", kind).objects.update(chained_in=event)


def settle_an_entry(get_model: GetModel) -> None:
    """One on a list that was answered as a whole, in the chain with the columns of those times."""
    item = get_model("intake", "submission").objects.earliest("received_at")
    desk = get_model("intake", "desk").objects.get(pk=item.desk_id)
    sealed = {"sealed": b"sealed", "sealed_digest": audit.fingerprint(b"sealed")}
    row = get_model("intake", "transferlist").objects.create(
        round_id=item.round_id,
        desk=desk,
        receiver=get_model("intake", "receiver").objects.create(name="信访局（演示）"),
        kind=ListKind.TRANSFER,
        state=ListState.ANSWERED,
        document_number="1",
        made_at=INSIDE,
        approved_by_id=StaffUser.objects.get().pk,
        approved_at=INSIDE,
        sent_on=ANSWERED_ON,
        signed_on=ANSWERED_ON,
        feedback_on=ANSWERED_ON,
        **sealed,
    )
    entry = row.entries.create(submission=item, item_version=1, is_settled=True, **sealed)
    covers: dict[str, dict[str, Any]] = {"columns": {}, "made": {}}
    for name, pk in (("transferlist", row.pk), ("transferentry", entry.pk)):
        columns = [one for one in BY_NAME[name].columns if one != "answered_on"]
        values = get_model("intake", name).objects.values_list(*columns).get()
        covers["columns"][name] = columns
        covers["made"][name] = {str(pk): prints_of(name, pk, columns, values)}
    with transaction.atomic():
        append(
            get_model("intake", "auditevent"),
            action=Action.START_LIST,
            at=INSIDE,
            object_type="transferlist",
            object_id=str(row.pk),
            desk=desk,
            detail={"list_kind": ListKind.TRANSFER, "receiver": "信访局（演示）"},
            covers=covers,
        )


def what_was_settled_has_its_day() -> None:
    assert TransferEntry.objects.get().answered_on == ANSWERED_ON
    event = AuditEvent.objects.filter(action=Action.ADD_COLUMNS).latest("sequence")
    assert event.covers["changed"].keys() == {"transferentry"}


def problems() -> str:
    return "\n".join(audit.verify().problems)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done to the site in here is undone."""
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
    (
        lambda: TransferEntry.objects.update(answered_on=INSIDE.date()),
        "的反馈日期和操作留痕所记的不一样。",
    ),
    (close_without_the_key, "没有一条记录的校验码对得上"),
)


def what_was_before_is_closed() -> None:
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
        for rows in (Submission.objects, Supplement.objects, Attachment.objects):
            assert not rows.filter(chained_in=None).exists()
        assert problems() == ""
    # And neither the old part nor what the closing recorded may change any more.
    for tamper, told in TAMPERINGS:
        with taken_back():
            tamper()
            assert told in problems()


def every_phone_and_recovery_code_still_works(user: StaffUser) -> None:
    assert Authenticator.objects.get().bin_key.hex() == OLD_SECRET
    assert post_login(Client(), user.username, OLD_CODE).status_code == 302
    shown = f"{hotp(bytes.fromhex(OLD_SECRET), int(time.time()) // 30):06d}"
    assert post_login(Client(), user.username, shown).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_site_of_before_comes_through_the_migrations():
    now = MigrationExecutor(connection).loader.graph.leaf_nodes("intake")
    with standing_clock():
        clerk = make_site()
        migrate_to(("intake", "0006_who_set_the_password"))
        enrol_in_clear(clerk)
        migrate_to(("intake", "0004_lighter_insert"))
        then = migrate_to(("intake", "0007_seal_second_factors"))
        what_is_sealed_now_counts_as_what_came_in(then)
        chain_parts_as_before(then)
        settle_an_entry(migrate_to(("intake", "0029_helping_desks")))
        migrate_to(*now)
        what_was_settled_has_its_day()
        what_was_before_is_closed()
        every_phone_and_recovery_code_still_works(clerk)
