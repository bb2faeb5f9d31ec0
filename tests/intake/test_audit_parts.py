"""What belongs to a report stands in the chain too: supplements, and the files of both."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from intake import audit, casework, sealed_files
from intake.choices import Action
from intake.models import Attachment, AuditEvent, Submission, Supplement
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.staff_work import keyring_for, send, send_with_all

pytestmark = pytest.mark.django_db


def chain_what_is_new() -> AuditEvent | None:
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
    casework.reroute(item, to=intake.desks[1], keyring=keyring, by=office, at=INSIDE)


def problems() -> str:
    return "\n".join(audit.verify().problems)


def test_one_checkpoint_counts_each_kind_apart():
    make_chained_item()
    event = AuditEvent.objects.get()
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
    assert "已把1份补充材料记入第2条。" in out.getvalue()
    assert "count" not in AuditEvent.objects.latest("sequence").detail
    assert audit.verify().is_sound


def delete_supplement() -> None:
    supplement = Supplement.objects.get()
    supplement.attachments.all().delete()
    supplement.delete()


def delete_attachment() -> None:
    Attachment.objects.filter(supplement=None).delete()


def delete_attachment_and_file() -> None:
    sealed_files.remove(Attachment.objects.get(supplement=None).sealed_file)
    delete_attachment()


def unchain_attachment() -> None:
    Attachment.objects.filter(supplement=None).update(chained_in=None)


def replace_supplement_whole() -> None:
    digest = audit.fingerprint(b"other")
    rows = Supplement.objects.all()
    rows.update(sealed=b"other", sealed_digest=digest, received_digest=digest)


def replace_supplement() -> None:
    Supplement.objects.update(sealed=b"other", sealed_digest=audit.fingerprint(b"other"))


def replace_supplement_bytes() -> None:
    Supplement.objects.update(sealed=b"other")


def replace_file() -> None:
    digest = audit.fingerprint(b"other")
    rows = Attachment.objects.filter(supplement=None)
    rows.update(sealed_file=sealed_files.write(b"other"), sealed_sha256=digest)


def replace_file_whole() -> None:
    replace_file()
    rows = Attachment.objects.filter(supplement=None)
    rows.update(received_digest=audit.fingerprint(b"other"))


def replace_file_bytes() -> None:
    rows = Attachment.objects.filter(supplement=None)
    rows.update(sealed_file=sealed_files.write(b"other"))


def lose_file() -> None:
    sealed_files.remove(Attachment.objects.get(supplement=None).sealed_file)


def move_attachment() -> None:
    other = Submission.objects.filter(attachments=None).get()
    Attachment.objects.filter(supplement=None).update(submission=other)


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (delete_supplement, "第1条记了1份补充材料，现在是0份。"),
        (delete_supplement, "第1条记了2份证明材料，现在是1份。"),
        (delete_attachment, "第1条记了2份证明材料，现在是1份。"),
        (delete_attachment_and_file, "第1条记了2份证明材料，现在是1份。"),
        (unchain_attachment, "第1条记了2份证明材料，现在是1份。"),
        (replace_supplement_whole, "第1条所记的1份补充材料中，有的收到时间或指纹被改过"),
        (replace_supplement, "换过封存，但没有对应的改派记录。"),
        (replace_supplement_bytes, "封存的内容被改过。"),
        (replace_file_whole, "第1条所记的2份证明材料中，有的指纹或顺序被改过"),
        (replace_file, "换过封存，但没有对应的改派记录。"),
        (replace_file_bytes, "封存的内容被改过。"),
        (lose_file, "的封存文件不见了。"),
        (move_attachment, "或者被挪到了别的信访件。"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_was_tampered_with_shows(tamper: Callable[[], None], words: str):
    make_chained_item()
    tamper()
    assert words in problems()


def test_rerouting_stays_sound_once_and_again():
    intake, item = make_chained_item()
    reroute(intake, item)
    parts = AuditEvent.objects.get(action=Action.REROUTE).detail[audit.RESEALED_PARTS]
    assert set(parts) == {
        *(str(row.pk) for row in item.supplements.all()),
        *(str(row.pk) for row in item.attachments.all()),
    }
    assert problems() == ""
    office = make_clerk(intake, intake.office)
    keyring = keyring_for(office)
    casework.reroute(item, to=intake.desks[0], keyring=keyring, by=office, at=INSIDE)
    assert problems() == ""


def test_after_rerouting_what_came_in_first_may_not_come_back():
    intake, item = make_chained_item()
    supplement = item.supplements.get()
    before = {"sealed": bytes(supplement.sealed), "sealed_digest": supplement.sealed_digest}
    reroute(intake, item)
    Supplement.objects.update(**before)
    assert problems() == f"补充材料 {supplement.pk} 换过封存，但没有对应的改派记录。"


def test_a_file_replaced_after_rerouting_shows():
    intake, item = make_chained_item()
    reroute(intake, item)
    replace_file()
    lost = item.attachments.get(supplement=None)
    assert problems() == f"证明材料 {lost.pk} 换过封存，但没有对应的改派记录。"


def test_a_chain_from_before_stays_sound_and_takes_in_what_was_there():
    """Checkpoints used to count reports alone, and re-routing told of the report alone."""
    make_chained_item()
    Supplement.objects.update(chained_in=None)
    Attachment.objects.update(chained_in=None)
    old = AuditEvent.objects.get()
    old.detail = {name: old.detail[name] for name in ("count", "digest")}
    old.digest = audit.chain.event_digest(old)
    old.save()
    assert problems() == ""
    later = chain_what_is_new()
    assert later and audit.count_words(later) == "1份补充材料、2份证明材料"
    delete_attachment()
    assert problems() == "第2条记了2份证明材料，现在是1份。"


@pytest.mark.django_db(transaction=True)
def test_the_migration_takes_what_is_sealed_now_for_what_came_in():
    make_chained_item()
    now = MigrationExecutor(connection).loader.graph.leaf_nodes("intake")
    MigrationExecutor(connection).migrate([("intake", "0004_lighter_insert")])
    MigrationExecutor(connection).migrate(now)
    for row in Supplement.objects.all():
        assert (row.received_digest, row.chained_in) == (row.sealed_digest, None)
    for file in Attachment.objects.all():
        assert (file.received_digest, file.chained_in) == (file.sealed_sha256, None)


@pytest.mark.parametrize("detail", [[], "", {"count": "two"}, {"sealed_parts": "none"}])
def test_a_detail_of_the_wrong_shape_is_told_and_stops_nothing(detail: object):
    intake, item = make_chained_item()
    reroute(intake, item)
    AuditEvent.objects.update(detail=detail)
    assert "的内容被改过。" in problems()
