"""Whatever somebody changes in the database, without the key, is named by `verify_audit`."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from intake import audit
from intake.audit.chain import event_digest
from intake.casework import registering, rerouting
from intake.choices import Action, Category, DeskKind, Role, Scope, Signature, Status, Way
from intake.keeping import sealed_files
from intake.models import (
    Attachment,
    AuditEvent,
    Desk,
    DeskAccess,
    StaffKey,
    StaffUser,
    Submission,
    Supplement,
)
from intake.sealing import sealing
from tests.intake.audit.checking.small_slices import found_in_slices
from tests.making import INSIDE, make_box, make_clerk, make_intake, make_staff, record_what_was_made
from tests.running.standing_rows import standing_rows
from tests.staff_work import keyring_for, send, send_with_all

pytestmark = pytest.mark.django_db
OTHER = audit.fingerprint(b"other")


def make_site() -> None:
    """Two teams; one item registered and sent on to the other team, one as it came in."""
    intake = make_intake()
    office, clerk = make_clerk(intake, intake.office), make_clerk(intake, intake.desks[0])
    make_clerk(intake, intake.desks[1])
    make_box(intake.round)
    make_staff(Role.AUDITOR, username="auditor", full_name="赵（演示）")
    record_what_was_made()
    item = send_with_all(intake, intake.targets[0])
    send(intake, intake.targets[1])
    registering.register([item], by=clerk, at=INSIDE)
    item.refresh_from_db()
    rerouting.reroute(
        item,
        to=intake.desks[1],
        keyring=keyring_for(office),
        by=office,
        at=INSIDE,
        reason="（演示）",
    )
    send(intake, intake.targets[0])
    audit.record(Action.LOGOUT, by=clerk, at=INSIDE, obj=clerk)


@pytest.fixture(scope="module", autouse=True)
def site_that_stands(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Each test finds the site as it was made."""
    with standing_rows(django_db_blocker, make_site):
        yield


def moved() -> Any:
    return Submission.objects.filter(number=1)


def unmoved() -> Any:
    first = Submission.objects.filter(number=None).order_by("pk")[:1]
    return Submission.objects.filter(pk__in=list(first.values_list("pk", flat=True)))


def other_desk() -> Desk:
    return Desk.objects.of_offices().get()


def first_desk() -> Desk:
    return Desk.objects.exclude(team=None).order_by("pk")[0]


def stranger(model: type[Model]) -> dict[str, Any]:
    """A public key of the attacker's own, with the code of another row of the kind."""
    code = model._default_manager.values_list("recipient_code", flat=True).last()
    return {"recipient": sealing.new_identity().recipient, "recipient_code": code}


def changed(rows: Callable[[], Any], **values: Any) -> Callable[[], object]:
    """A tampering: sets columns; a value that can be called is made when the site stands."""
    return lambda: rows().update(
        **{name: value() if callable(value) else value for name, value in values.items()}
    )


def photo() -> Any:
    return Attachment.objects.filter(supplement=None)


def exchange_together_with_a_reroute() -> None:
    """The issue's own case: new content, digests that fit, and an event that says so."""
    row, last = unmoved().get(), AuditEvent.objects.latest("sequence")
    unmoved().update(sealed=b"other", sealed_digest=OTHER)
    detail = {"sealed_digest": OTHER, "from_desk": str(row.desk)}
    covers = {"changed": {"submission": {str(row.pk): {"sealed_digest": ["old", "new"]}}}}
    forged = AuditEvent(
        sequence=last.sequence + 1,
        at=INSIDE,
        action=Action.REROUTE,
        object_type="submission",
        object_id=str(row.pk),
        detail=detail,
        covers=covers,
        previous=last.digest,
        code=last.code,
    )
    forged.digest = event_digest(forged)
    forged.save()


def swap_files() -> None:
    """Two attachments change places, with all that belongs to their seals."""
    names = ("sealed_file", "received_digest", "sealed_sha256")
    one, two = (dict(row) for row in Attachment.objects.order_by("pk").values("pk", *names))
    keys, unused = (one.pop("pk"), two.pop("pk")), {"sealed_file": "unused"}
    Attachment.objects.filter(pk=keys[0]).update(**unused)
    Attachment.objects.filter(pk=keys[1]).update(**one)
    Attachment.objects.filter(pk=keys[0]).update(**two)


def give_the_superiors_place_to_the_head() -> None:
    """What is about the office would come to the head."""
    Desk.objects.filter(kind=DeskKind.SUPERIOR).delete()
    Desk.objects.filter(kind=DeskKind.HEAD).update(kind=DeskKind.SUPERIOR)


def delete_supplement() -> None:
    Attachment.objects.exclude(supplement=None).delete()
    Supplement.objects.all().delete()


def slip_in() -> None:
    row = unmoved().get()
    row.pk, row.idempotency_key, row.receipt_digest = None, "slipped in", None
    row._state.adding = True
    row.save()


def admit_a_friend() -> None:
    """A grant that the office never made."""
    user = StaffUser.objects.get(username="auditor")
    access = DeskAccess(user=user, desk=other_desk(), sealed_identity=b"-", granted_at=INSIDE)
    access.save()


def add_a_look_alike() -> None:
    StaffUser.objects.create(username="zhao", full_name="赵（演示）", role=Role.TEAM)


def deleted_event(action: Action) -> Callable[[], object]:
    def delete() -> None:
        event = AuditEvent.objects.filter(action=action).latest("sequence")
        for rows in (Submission, Supplement, Attachment):
            rows._default_manager.filter(chained_in=event).update(chained_in=None)
        event.delete()

    return delete


TAMPERINGS: dict[str, tuple[Callable[[], object], str]] = {
    "content with a forged reroute": (exchange_together_with_a_reroute, "现在的指纹"),
    "content with a forged reroute, its event": (exchange_together_with_a_reroute, "校验码对不上"),
    "desk": (changed(unmoved, desk=other_desk), "受理席"),
    "desk after a reroute": (changed(moved, desk=other_desk), "受理席"),
    "desk back to the first": (
        changed(moved, desk=first_desk),
        "受理席",
    ),
    "target": (changed(unmoved, target=None), "巡察对象"),
    "route reason": (changed(unmoved, route_reason="（演示）"), "分送理由"),
    "number": (changed(moved, number=2), "编号"),
    "status": (changed(moved, status=Status.RETURNED), "状态"),
    "unregistered": (changed(moved, status=Status.UNREGISTERED, number=None), "编号、状态"),
    "registered by": (changed(moved, registered_by=None), "登记人"),
    "registered at": (changed(moved, registered_at=INSIDE + timedelta(days=1)), "登记时间"),
    "way": (changed(unmoved, way=Way.PHONE), "信访方式"),
    "late mark": (changed(unmoved, way=Way.PHONE, is_late=True), "信访方式、截止后来件的标记"),
    "postmark": (changed(unmoved, postmarked_on=date(2025, 4, 1)), "邮戳日期"),
    "receipt digest": (changed(unmoved, receipt_digest="0" * 64), "查询码的指纹"),
    "form's digest": (changed(unmoved, idempotency_key="0" * 64), "表单的指纹"),
    "received at": (changed(unmoved, received_at=INSIDE + timedelta(minutes=1)), "收件时间"),
    "window opens": (changed(unmoved, window_opens=INSIDE), "受理起始时间"),
    "window closes": (changed(unmoved, window_closes=INSIDE + timedelta(days=1)), "受理截止时间"),
    "category": (changed(unmoved, category=Category.LAND), "类别"),
    "signature": (changed(unmoved, signature=Signature.FALSE_NAME), "署名"),
    "scope": (changed(unmoved, scope=Scope.OUT), "受理范围"),
    "count of attachments": (changed(moved, attachment_count=0), "证明材料份数"),
    "bytes": (changed(unmoved, sealed=b"other"), "封存的内容被改过。"),
    "bytes and digest": (changed(unmoved, sealed=b"other", sealed_digest=OTHER), "现在的指纹"),
    "bytes and both digests": (
        changed(unmoved, sealed=b"other", sealed_digest=OTHER, received_digest=OTHER),
        "收到时的指纹、现在的指纹",
    ),
    "taken off the chain": (changed(unmoved, chained_in=None), "不再挂在记下它的那一条上。"),
    "hung on another event": (
        changed(unmoved, chained_in=lambda: AuditEvent.objects.get(action=Action.LOGOUT)),
        "不再挂在记下它的那一条上。",
    ),
    "slipped in": (slip_in, "没有留痕"),
    "item deleted": (lambda: unmoved().delete(), "不见了。"),
    "supplement deleted": (delete_supplement, "补充材料"),
    "supplement's moment": (
        changed(Supplement.objects.all, received_at=INSIDE - timedelta(days=1)),
        "收到时间",
    ),
    "supplement's owner": (
        changed(Supplement.objects.all, submission=lambda: unmoved().get()),
        "所属的信访件",
    ),
    "supplement's bytes": (changed(Supplement.objects.all, sealed=b"other"), "封存的内容被改过。"),
    "attachment deleted": (lambda: photo().delete(), "证明材料"),
    "attachment's kind": (changed(photo, kind="pdf"), "格式"),
    "attachment's size": (changed(photo, size=1), "大小"),
    "attachment's position": (changed(photo, position=2), "顺序"),
    "attachment's owner": (changed(photo, submission=lambda: unmoved().get()), "所属的信访件"),
    "attachment's supplement": (
        changed(photo, supplement=Supplement.objects.get),
        "所属的补充材料",
    ),
    "attachments swapped": (swap_files, "收到时的指纹、现在的指纹"),
    "file exchanged": (
        changed(photo, sealed_file=lambda: sealed_files.write(b"other")),
        "封存的内容被改过。",
    ),
    "file lost": (
        lambda: sealed_files.remove(photo().get().sealed_file),
        "的封存文件不见了。",
    ),
    "desk's key": (
        lambda: Desk.objects.exclude(team=None).update(**stranger(Desk)),
        "封存公钥、封存公钥的校验码",
    ),
    "desk's code alone": (changed(Desk.objects.all, recipient_code="0" * 64), "封存公钥的校验码"),
    "desk's identity": (changed(Desk.objects.all, sealed_identity=b"-"), "封给巡察办的私钥"),
    "desk's kind": (give_the_superiors_place_to_the_head, "种类"),
    "desk's round": (
        changed(lambda: Desk.objects.exclude(team=None), round=lambda: make_intake().round),
        "轮次",
    ),
    "member's key": (lambda: StaffKey.objects.update(**stranger(StaffKey)), "公钥、公钥的校验码"),
    "member's key deleted": (lambda: StaffKey.objects.all().delete(), "个人密钥"),
    "account renamed": (changed(StaffUser.objects.all, full_name="李（演示）"), "姓名"),
    "user name": (
        lambda: StaffUser.objects.filter(username="auditor").update(username="shen"),
        "用户名",
    ),
    "role": (changed(StaffUser.objects.all, role=Role.OFFICE), "角色"),
    "made a head": (
        changed(lambda: StaffUser.objects.exclude(username="auditor"), may_approve=True),
        "可以审批",
    ),
    "account shut": (changed(StaffUser.objects.all, is_active=False), "可以登录"),
    "account added": (add_a_look_alike, "没有留痕"),
    "whose password": (
        changed(StaffUser.objects.all, password_chosen_at=None),
        "本人选定密码的时间",
    ),
    "grant added": (admit_a_friend, "没有留痕"),
    "grant deleted": (lambda: DeskAccess.objects.all().delete(), "受理席授权"),
    "grant exchanged": (changed(DeskAccess.objects.all, sealed_identity=b"-"), "封给本人的私钥"),
    "who granted": (
        changed(DeskAccess.objects.all, granted_by=StaffUser.objects.last),
        "授权人",
    ),
    "an event's detail": (
        lambda: AuditEvent.objects.filter(action=Action.REGISTER).update(detail={"number": 7}),
        "的内容被改过。",
    ),
    "an event about rows": (
        lambda: AuditEvent.objects.filter(action=Action.REGISTER).update(covers={}),
        "的内容被改过。",
    ),
    "an event in the middle": (deleted_event(Action.REGISTER), "之后缺了记录"),
    "the row of a deleted event": (deleted_event(Action.REGISTER), "编号、登记人、登记时间、状态"),
    "the event of new rows": (deleted_event(Action.CHECKPOINT), "之后缺了记录"),
}


def told() -> tuple[int, str]:
    """The exit code of `verify_audit`, and what it complains about: a page says the same."""
    err = StringIO()
    in_slices = found_in_slices()
    try:
        call_command("verify_audit", stdout=StringIO(), stderr=err)
    except CommandError as error:
        assert in_slices == err.getvalue().splitlines()
        return error.returncode, err.getvalue()
    assert in_slices == []
    return 0, err.getvalue()


def test_the_untouched_site_is_sound():
    assert told() == (0, "")


@pytest.mark.parametrize(("tamper", "words"), TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_a_tampering_is_named(tamper: Callable[[], object], words: str):
    tamper()
    code, said = told()
    assert (code, words in said) == (1, True), said


def test_what_differs_is_called_as_staff_call_it():
    moved().update(status=Status.RETURNED)
    StaffUser.objects.filter(username="auditor").update(full_name="李（演示）")
    item, user = moved().get(), StaffUser.objects.get(username="auditor")
    assert told()[1].splitlines() == [
        f"信访件 {item.pk}（1-0001）的状态和操作留痕所记的不一样。",
        f"工作人员 {user.pk}（李（演示））的姓名和操作留痕所记的不一样。",
    ]


def test_a_row_whose_name_is_gone_is_told_by_its_key():
    """Its round is none of ours: what it is called cannot be found out any more."""
    item = moved().get()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        moved().update(round_id=0)
        code, said = told()
        moved().update(round_id=item.round_id)
    assert (code, said) == (1, f"信访件 {item.pk} 的轮次和操作留痕所记的不一样。\n")


# What only SQL can write: (statement, what is said of it).
OF_ANOTHER_KIND = {
    "a key": (
        "UPDATE intake_submission SET id = 'no key' WHERE id ="
        " (SELECT id FROM intake_submission WHERE number IS NULL LIMIT 1)",
        "有一行信访件的主键不合格式",
    ),
    "a moment": (
        "UPDATE intake_submission SET received_at = '2025-04-15 noon'",
        "的收件时间和操作留痕",
    ),
    "a moment as a number": ("UPDATE intake_submission SET window_opens = 5", "的受理起始时间"),
    "a number": ("UPDATE intake_submission SET number = 'one' WHERE number = 1", "的编号和操作"),
    "no text": (
        "UPDATE intake_submission SET route_reason = CAST(x'ff' AS TEXT)",
        "的分送理由和操作留痕",
    ),
    "a seal": ("UPDATE intake_submission SET sealed = 'words'", "封存的内容被改过。"),
    "a file": (
        "UPDATE intake_attachment SET sealed_file = x'00' WHERE supplement_id IS NULL",
        "的封存文件不见了。",
    ),
    "a member's day": ("UPDATE intake_staffuser SET date_joined = 'x'", "的建立时间和操作留痕"),
    "an event's moment": (
        "UPDATE intake_auditevent SET at = 'x' WHERE sequence = 2",
        "第2条的内容",
    ),
    "an event's detail": (
        """UPDATE intake_auditevent SET detail = '{"count": 1e999}' WHERE sequence = 2""",
        "第2条的内容被改过。",
    ),
    "an event's number": (
        "UPDATE intake_auditevent SET sequence = 'last' WHERE sequence = 2",
        "有一条记录的序号不是数字",
    ),
}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL takes no other kind")
@pytest.mark.parametrize(("written", "words"), OF_ANOTHER_KIND.values(), ids=OF_ANOTHER_KIND.keys())
def test_a_value_of_another_kind_is_named_and_not_stumbled_over(written: str, words: str):
    with connection.cursor() as cursor:
        cursor.execute(written)
    code, said = told()
    assert (code, words in said) == (1, True), said
