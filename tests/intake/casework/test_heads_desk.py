"""What is about inspectors is the head's alone; what is about the office is nobody's here."""

import re
import uuid
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from inspection.current import read
from intake import audit
from intake.casework import opening, registering, rerouting, taking_over
from intake.casework.together import linking
from intake.casework.together.linked import live_repeats_of
from intake.choices import Action, DeskKind, Handling, Role, Status
from intake.citizen import adding, submitting
from intake.filing.desks_now import NoDesk
from intake.models import AuditEvent, Desk, StaffUser, Submission
from intake.report.draft import SupplementDraft
from intake.report.form_tokens import new_nonce
from intake.sealing import sealing
from intake.staff import opening_desks
from intake.staff.keyring import NoDeskAccess
from tests.intake.test_access_matrix import addresses
from tests.logging_in import log_in, make_device
from tests.making import (
    INSIDE,
    Intake,
    make_clerk,
    make_draft,
    make_head,
    make_intake,
    make_staff,
    record_what_was_made,
)
from tests.sending import text_of
from tests.staff_work import PHOTO, keyring_for, send, send_with_all

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
QUERIES = ("", "?q=1", "?q=主-1-0001", "?status__exact=unregistered", "?supplement=new")
START_AND_LISTS = ("/admin/", *(LIST + query for query in QUERIES))


def listed(client: Client, query: str = "") -> set[Submission]:
    return set(client.get(LIST + query).context["cl"].result_list)


def without_what_changes(page: str) -> str:
    """The page without tokens and seconds, which no two answers share."""
    return re.sub(r'csrf.*|whole="\d+"|[^>]*为止；最晚到[^<]*', "", page)


@pytest.mark.parametrize("about", ["about_inspectors", "about_office"])
def test_nobody_else_notices_that_there_is_an_item(about: str, settings: Settings):
    """Start page, list, filters and searches are the same to the letter before and after."""
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    send(intake, intake.targets[0])
    clients = [
        log_in(Client(), make_clerk(intake, desk)) for desk in (intake.office, intake.desks[0])
    ]
    if about == "about_office":
        clients.append(log_in(Client(), make_head(intake)))
    before = [[text_of(one.get(page)) for page in START_AND_LISTS] for one in clients]
    item = send_with_all(intake, **{about: True})
    after = [[text_of(one.get(page)) for page in START_AND_LISTS] for one in clients]
    for old, new in zip(before, after, strict=True):
        for was, now in zip(old, new, strict=True):
            assert without_what_changes(was) == without_what_changes(now)
    assert str(item.pk) not in repr(after)


@pytest.mark.parametrize("about", ["about_inspectors", "about_office"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_address_of_its_answers_as_if_there_were_none(about: str, method: str):
    intake = make_intake()
    item = send(intake, attachments=(PHOTO,), **{about: True})
    office = log_in(Client(), make_clerk(intake, intake.office))
    keys = {"submission": item.pk, "attachment": item.attachments.get().pk, "entry": 1}
    nothing = {"submission": uuid.uuid4(), "attachment": uuid.uuid4(), "entry": 1}
    pairs = [
        (theirs, none)
        for (_, theirs), (_, none) in zip(addresses(keys), addresses(nothing), strict=True)
        if str(item.pk) in theirs
    ]
    assert len(pairs) > 5
    for theirs, none in pairs:
        got, expected = (getattr(office, method)(one) for one in (theirs, none))
        assert got.status_code == expected.status_code, theirs
    assert office.post(f"{LIST}register/", {"item": item.pk}).status_code == 302
    item.refresh_from_db()
    assert (item.number, AuditEvent.objects.filter(action=Action.OPEN).exists()) == (None, False)


def test_the_head_opens_it_and_its_numbers_make_no_gap():
    intake = make_intake()
    clerk, head = make_clerk(intake, intake.office), make_head(intake)
    items = [
        send(intake, at=INSIDE + timedelta(minutes=number), about_inspectors=number == 1)
        for number in range(3)
    ]
    assert registering.register(items, by=head, at=INSIDE) == [1, 2, 1]
    shown = [str(Submission.objects.get(pk=item.pk)) for item in items]
    assert shown == ["1-0001", "主-1-0001", "1-0002"]
    assert registering.register([send(intake)], by=clerk, at=INSIDE) == [3]
    client = log_in(Client(), head)
    page = text_of(client.get(f"{LIST}{items[1].pk}/change/"))
    assert "主-1-0001" in page and "反映内容" in page
    assert listed(client, "?q=主-1-1") == {items[1]}
    assert listed(client, "?q=1-0001") == {items[0], items[1]}


def test_who_may_no_longer_approve_sees_and_opens_it_no_more():
    intake = make_intake()
    item, head = send(intake, about_inspectors=True), make_head(intake)
    assert keyring_for(head).desk_secret(intake.head) == intake.secrets[intake.head.pk]
    StaffUser.objects.update(may_approve=False)
    user = StaffUser.objects.get(pk=head.pk)
    assert item not in Submission.objects.visible_to(user)
    with pytest.raises(NoDeskAccess):
        keyring_for(user).desk_secret(intake.head)


@pytest.mark.parametrize("desk", ["head", "superior"])
def test_a_stolen_access_opens_neither_to_another_role_nor_the_superiors_to_anybody(desk: str):
    intake = make_intake()
    held: Desk = getattr(intake, desk)
    may = {Role.TEAM: True, Role.AUDITOR: False, Role.OFFICE: desk == "superior"}
    for role, may_approve in may.items():
        user = make_staff(role, desk=held, secret=intake.secrets[held.pk], may_approve=may_approve)
        assert held not in Desk.objects.visible_to(user), role


def test_an_item_of_others_that_comes_from_the_head_gets_a_number_of_theirs():
    """What was sent to the head by mistake goes back, and tells nothing of the head's numbers."""
    intake = make_intake()
    head, office = make_head(intake), make_clerk(intake, intake.office)
    item = send_with_all(intake)
    assert set(rerouting.destinations(item, office)) == {intake.head, *intake.desks}
    rerouting.reroute(
        item, to=intake.head, keyring=keyring_for(office), by=office, at=INSIDE, reason="（演示）"
    )
    assert item not in Submission.objects.visible_to(office)
    registering.register([item, send(intake)], by=head, at=INSIDE)
    item.refresh_from_db()
    assert str(item) == "主-1-0001"
    rerouting.reroute(
        item, to=intake.desks[0], keyring=keyring_for(head), by=head, at=INSIDE, reason="（演示）"
    )
    item.refresh_from_db()
    assert (str(item), item.desk) == ("1-0002", intake.desks[0])


def test_what_waits_for_the_superior_keeps_its_receipt_and_takes_supplements():
    intake = make_intake()
    draft = make_draft(about_office=True)
    code = submitting.submit(draft, published=read(intake.round), at=INSIDE).code
    more = SupplementDraft(narrative="（演示）补充。")
    adding.supplement(code, more, nonce=new_nonce(), at=INSIDE)
    item = Submission.objects.for_the_superior().get()
    assert item.supplements.count() == 1
    assert (item.route_reason, item.number) == ("反映巡察办，封存给上级", None)
    with pytest.raises(rerouting.CannotReroute):
        rerouting.reroute(
            send(intake),
            to=intake.superior,
            keyring=keyring_for(office := make_clerk(intake, intake.office)),
            by=office,
            at=INSIDE,
            reason="（演示）",
        )


def test_nobody_else_reads_it_where_its_own_desk_cannot():
    """The office never reads what is about the office, nor what an exchanged key keeps away."""
    intake = make_intake()
    Desk.objects.filter(pk__in=(intake.head.pk, intake.superior.pk)).update(
        recipient=sealing.new_identity().recipient
    )
    for about in ("about_inspectors", "about_office"):
        with pytest.raises(NoDesk):
            send(intake, **{about: True})
    assert not Submission.objects.exists()


def before_there_were_heads() -> Intake:
    """A running round that an earlier version set up."""
    intake = make_intake()
    intake.head.delete()
    intake.superior.delete()
    return intake


def test_a_round_of_before_gets_its_heads_desk_and_its_items_go_there(
    tmp_path: Path, client: Client
):
    intake = before_there_were_heads()
    head = make_clerk(intake, intake.office, may_approve=True)
    clerk = make_clerk(intake, intake.office)
    old, other = send_with_all(intake, about_inspectors=True), send(intake)
    assert (old.desk, old.route_reason) == (
        intake.office,
        "还没有主任席，先送巡察办；反映巡察干部，直接送主任席",
    )
    with pytest.raises(NoDesk):
        send(intake, about_office=True)
    record_what_was_made()
    out, file = StringIO(), tmp_path / "second.txt"
    call_command("open_desks", intake.round.slug, stdout=out)
    assert "还没有巡察办、" not in out.getvalue() and "还没有主任席、上级的受理席" in out.getvalue()
    call_command("open_desks", intake.round.slug, recovery_file=file, stdout=out)
    assert len(sealing.read_recovery_file(file.read_text())) == 2
    make_device(head)
    call_command("grant_desk", head.username, recovery_file=file, stdout=out)
    assert opening_desks.missing_kinds(intake.round) == []

    assert "1 件，已经改封到主任席" in text_of(log_in(client, head).get("/admin/"))
    old.refresh_from_db()
    assert old.desk.kind == DeskKind.HEAD
    assert "（演示）" in text_of(client.get(f"{LIST}{old.pk}/change/"))
    assert set(Submission.objects.visible_to(clerk)) == {other}
    assert taking_over.take_over(keyring_for(head), by=head, at=INSIDE) == 0
    event = AuditEvent.objects.get(action=Action.REROUTE)
    assert (event.actor, event.desk, event.detail) == (head, old.desk, {"from_desk": "巡察办"})
    assert audit.verify().problems == ()


def test_one_that_does_not_open_stops_neither_the_others_nor_the_login(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    intake = make_intake()
    head = make_head(intake)
    items = [send(intake, about_inspectors=True) for _ in range(2)]
    sealed = sealing.seal(b"no report", intake.office.recipient)
    Submission.objects.update(desk=intake.office, sealed=sealed)
    whole = sealing.seal(make_draft(about_inspectors=True).to_report(), intake.office.recipient)
    Submission.objects.filter(pk=items[1].pk).update(sealed=whole)
    assert taking_over.take_over(keyring_for(head), by=head, at=INSIDE) == 1
    assert [str(items[0].pk) in record.getMessage() for record in caplog.records] == [True]


def test_what_became_of_them_stands_and_what_is_linked_goes_along():
    intake = make_intake()
    head = make_head(intake)
    lead, repeat, gone = (send(intake, about_inspectors=True) for _ in range(3))
    whole = sealing.seal(make_draft(about_inspectors=True).to_report(), intake.office.recipient)
    Submission.objects.update(desk=intake.office, sealed=whole)
    registering.register([lead, repeat, gone], by=head, at=INSIDE)
    # Only the lead was sent to the office as one about inspectors.
    Submission.objects.filter(pk=repeat.pk).update(route_reason="没有选巡察对象")
    repeat.refresh_from_db()
    keyring = keyring_for(head)
    linked = {"version": repeat.version, "by": head, "at": INSIDE, "keyring": keyring}
    linking.link(repeat.pk, lead.pk, **linked)
    done = {"status": Status.TRANSFERRED, "handled_as": Handling.TRANSFER}
    Submission.objects.filter(pk=gone.pk).update(**done)
    assert taking_over.take_over(keyring, by=head, at=INSIDE) == 3
    now = {item.pk: item for item in Submission.objects.select_related("desk")}
    assert {item.desk.kind for item in now.values()} == {DeskKind.HEAD}
    assert [now[one.pk].status for one in (lead, repeat, gone)] == [
        Status.TO_ASSESS,
        Status.REPEAT,
        Status.TRANSFERRED,
    ]
    assert [one.repeat for one in live_repeats_of(lead)] == [repeat]
    assert opening.open(now[gone.pk], keyring, by=head, at=INSIDE).report.about_inspectors
