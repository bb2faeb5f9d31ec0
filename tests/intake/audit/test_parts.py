"""What belongs to a report stands in the chain too: supplements, and the files of both."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from intake import audit
from intake.casework import rerouting
from intake.choices import Action
from intake.keeping import sealed_files
from intake.models import Attachment, AuditEvent, Submission, Supplement
from tests.making import INSIDE, Intake, make_clerk, make_intake, record_what_was_made
from tests.staff_work import keyring_for, send, send_with_all

pytestmark = pytest.mark.django_db


def chain_what_is_new() -> list[AuditEvent]:
    record_what_was_made()
    with transaction.atomic():
        return audit.checkpoint(at=INSIDE)


def make_chained_item() -> tuple[Intake, Submission]:
    """A report and a supplement, each with a file, in one checkpoint; beside it another report."""
    intake = make_intake()
    item = send_with_all(intake, intake.targets[0])
    send(intake, intake.targets[1])
    chain_what_is_new()
    return intake, item


def reroute(intake: Intake, item: Submission) -> None:
    office = make_clerk(intake, intake.office)
    keyring = keyring_for(office)
    rerouting.reroute(
        item, to=intake.desks[1], keyring=keyring, by=office, at=INSIDE, reason="（演示）"
    )


def problems() -> str:
    record_what_was_made()
    return "\n".join(audit.verify().problems)


def test_one_checkpoint_counts_each_kind_apart():
    make_chained_item()
    event = AuditEvent.objects.get(action=Action.CHECKPOINT)
    counts = [event.detail[name] for name in ("count", "supplements", "attachments")]
    assert counts == [2, 1, 2]
    assert set(event.supplements.all()) == set(Supplement.objects.all())
    assert set(event.attachments.all()) == set(Attachment.objects.all())
    assert audit.verify().is_sound


def test_what_was_added_later_is_chained_without_a_new_report():
    _, item = make_chained_item()
    Supplement.objects.create(
        submission=item,
        received_at=INSIDE,
        idempotency_key="later",
        sealed=b"later",
        received_digest=audit.fingerprint(b"later"),
        sealed_digest=audit.fingerprint(b"later"),
    )
    out = StringIO()
    call_command("checkpoint", stdout=out)
    assert "已把1份补充材料记入第3条。" in out.getvalue()
    assert "count" not in AuditEvent.objects.latest("sequence").detail
    assert audit.verify().is_sound


def test_rerouting_stays_sound_once_and_again():
    intake, item = make_chained_item()
    reroute(intake, item)
    changed = AuditEvent.objects.get(action=Action.REROUTE).covers["changed"]
    assert set(changed["supplement"]) == {str(row.pk) for row in item.supplements.all()}
    assert set(changed["attachment"]) == {str(row.pk) for row in item.attachments.all()}
    assert problems() == ""
    office = make_clerk(intake, intake.office)
    keyring = keyring_for(office)
    rerouting.reroute(
        item, to=intake.desks[0], keyring=keyring, by=office, at=INSIDE, reason="（演示）"
    )
    assert problems() == ""


def test_after_rerouting_what_came_in_first_may_not_come_back():
    intake, item = make_chained_item()
    supplement = item.supplements.get()
    before = {"sealed": bytes(supplement.sealed), "sealed_digest": supplement.sealed_digest}
    reroute(intake, item)
    Supplement.objects.update(**before)
    assert (
        problems()
        == f"补充材料 {supplement.pk}（{supplement}）的现在的指纹和操作留痕所记的不一样。"
    )


def test_a_file_replaced_after_rerouting_shows():
    intake, item = make_chained_item()
    reroute(intake, item)
    rows = item.attachments.filter(supplement=None)
    rows.update(sealed_file=sealed_files.write(b"other"), sealed_sha256=audit.fingerprint(b"other"))
    assert problems() == f"证明材料 {rows.get().pk}（材料 1）的现在的指纹和操作留痕所记的不一样。"
