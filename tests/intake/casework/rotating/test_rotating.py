"""A desk gets a new identity: everything is sealed anew, and the old one opens nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from inspection.current import read
from intake import audit
from intake.audit.event_table import EVENT_KINDS
from intake.casework import opening
from intake.casework.rotating import beginning
from intake.casework.rotating.holders import CannotRotate
from intake.casework.together import keeping_digests
from intake.choices import Action, Role
from intake.citizen.submitting import submit
from intake.filing.desks_now import desks_of
from intake.filing.sealed_table import (
    SEALED_IN_PARTS,
    SEALED_TO_DESKS,
    SEALED_TO_FORMS,
    SEALED_TO_MEMBERS,
)
from intake.keeping import sealed_files
from intake.models import (
    Attachment,
    AuditEvent,
    CopyMaking,
    Desk,
    DeskAccess,
    DeskRotation,
    HelpingCopy,
    HelpingFile,
    StaffUser,
    Submission,
    ViewingCopy,
)
from intake.sealing.unsealing import identities_in, recipient_of_secret
from intake.staff import granting
from intake.staff.granting import GrantRefused
from intake.staff.keyring import NoDeskAccess
from tests.intake.casework.rotating.sealed_world import (
    LATER,
    SETTLED,
    begun,
    fresh,
    how_many_open,
    make_sealed,
    opens,
    sealed_things,
    to_the_end,
    walk,
)
from tests.intake.casework.together.helped_world import Helped
from tests.intake.keeping.kept import kept_names
from tests.logging_in import make_ready
from tests.making import INSIDE, make_clerk, make_draft
from tests.running.standing_world import standing_world
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db
standing = standing_world(make_sealed)


@pytest.fixture
def world(standing: Callable[[], Helped]) -> Helped:
    return standing()


class Cut(Exception):
    """The process ends here."""


def test_of_each_kind_of_the_table_something_is_sealed_to_a_desk(world: Helped):
    desks = [fresh(desk) for desk in Desk.objects.all()]
    met = {kind.name for desk in desks for kind, _row, _sealed in sealed_things(desk)}
    assert met == {kind.name for kind in SEALED_TO_DESKS}


@pytest.mark.parametrize("place", [0, 1], ids=["the lead's", "the helper's"])
def test_everything_opens_with_the_new_identity_and_nothing_with_the_old(world: Helped, place: int):
    desk = world.intake.desks[place]
    old, before = world.intake.secrets[desk.pk], audit.verify().problems
    whole, opened = how_many_open(desk, old)
    assert whole == opened > 3
    begun(world, desk)
    to_the_end(world, desk)
    new = keyring_for(world.office).desk_secret(fresh(desk))
    assert recipient_of_secret(new) == fresh(desk).recipient != desk.recipient
    assert how_many_open(desk, new) == (whole, whole)
    assert how_many_open(desk, old) == (whole, 0)
    assert not CopyMaking.objects.filter(desk=desk).exists()
    assert set(audit.verify().problems) <= set(before)
    assert [desk.pk for desk in Desk.objects.all() if not audit.is_genuine_desk(desk)] == []


def test_members_read_during_it_and_afterwards(world: Helped):
    desk = world.intake.desks[0]
    rotation = begun(world, desk)
    step = walk(world, desk).step
    while not step().is_over:
        keyring = keyring_for(world.lead)
        item = Submission.objects.select_related("desk", "round").get(pk=world.item.pk)
        opening.open(item, keyring, by=world.lead, at=LATER)
        assert len(identities_in(keyring.desk_secret(fresh(desk)))) == (
            1 if DeskRotation.objects.get(pk=rotation.pk).ended_at else 2
        )
    assert len(identities_in(keyring_for(world.lead).desk_secret(fresh(desk)))) == 1


def test_what_comes_in_is_sealed_to_the_new_recipient_at_once(world: Helped):
    desk = world.intake.desks[0]
    begun(world, desk)
    item = send(world.intake, world.intake.targets[0])
    new, old = identities_in(keyring_for(world.lead).desk_secret(fresh(desk)))
    assert old == world.intake.secrets[desk.pk]
    found = {row.pk: sealed for _kind, row, sealed in sealed_things(desk)}
    assert recipient_of_secret(new) == fresh(desk).recipient
    assert (opens(found[item.pk], new), opens(found[item.pk], old)) == (True, False)


def test_what_a_process_still_sealed_to_the_old_one_is_found_before_the_end(world: Helped):
    desk = world.intake.desks[0]
    known = read(world.intake.round)
    desks_of(known)
    begun(world, desk)
    early = walk(world, desk, at=LATER)
    while not (progress := early.step()).wait:
        assert not progress.is_over
    submit(make_draft(target_code=world.intake.targets[0].code), published=known, at=INSIDE)
    assert early.step().wait
    to_the_end(world, desk)
    assert DeskRotation.objects.get().passes == 3
    whole, opened = how_many_open(desk, keyring_for(world.lead).desk_secret(fresh(desk)))
    assert whole == opened


@pytest.mark.parametrize("place", [0, 1, None], ids=["the lead's", "the helper's", "the office's"])
def test_it_goes_on_after_a_crash_at_any_statement_that_writes(
    world: Helped,
    place: int | None,
    django_capture_on_commit_callbacks: Callable[..., Any],
):
    """Each step is cut at its first write, then at its second, … until it comes through."""
    desk = world.intake.office if place is None else world.intake.desks[place]
    old = world.intake.secrets[desk.pk]
    if place is None:
        secret = keyring_for(world.office).desk_secret(desk)
        beginning.begin(desk, secret, by=None, at=LATER, write_file=lambda identity: "/gone")
    else:
        begun(world, desk)
    cuts, is_over = 0, False
    while not is_over:
        for last in range(1, 200):
            step = walk(world, desk).step
            try:
                with (
                    connection.execute_wrapper(_cut_at(last)),
                    django_capture_on_commit_callbacks(execute=True),
                ):
                    is_over = step().is_over
                break
            except Cut:
                cuts += 1
    assert cuts > 15
    new = keyring_for(world.office).desk_secret(fresh(desk))
    whole, opened = how_many_open(desk, new)
    assert whole == opened
    assert how_many_open(desk, old) == (whole, 0)
    _no_file_is_left_over()


def _cut_at(last: int) -> Callable[..., Any]:
    written = 0

    def cut(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written += 1
            if written == last:
                raise Cut
        return execute(sql, params, many, context)

    return cut


def _no_file_is_left_over() -> None:
    named = {
        name
        for model in (Attachment, HelpingFile, ViewingCopy)
        for name in model._default_manager.values_list("sealed_file", flat=True)
    }
    assert kept_names() == named


def test_the_superseded_pair_put_back_is_not_sealed_to(world: Helped):
    desk = world.intake.desks[0]
    begun(world, desk)
    assert not audit.superseded_desks(Desk.objects.all())
    Desk.objects.filter(pk=desk.pk).update(
        recipient=desk.recipient, recipient_code=desk.recipient_code
    )
    assert audit.superseded_desks(Desk.objects.all()) == {desk.pk}
    item = send(world.intake, world.intake.targets[0])
    assert item.desk == world.intake.office


def test_helpers_copies_stay_copies_of_the_same_words(world: Helped):
    begun(world, world.intake.desks[0])
    to_the_end(world, world.intake.desks[0])
    copy = HelpingCopy.objects.get(supplement=None)
    assert copy.source_digest == world.again().sealed_digest


def test_repeats_are_found_as_before(world: Helped):
    desk, item = world.intake.desks[0], world.again()
    facts = keeping_digests.renew(item, keyring_for(world.lead))
    assert facts is not None

    def found() -> bool:
        pairs = [(desk, keyring_for(world.lead).desk_secret(fresh(desk)))]
        return item.pk in keeping_digests.matches(facts, pairs)

    assert found()
    begun(world, desk)
    assert found()
    to_the_end(world, desk)
    assert found()


def test_whoever_lost_the_account_loses_the_desk_and_is_counted(world: Helped):
    desk = world.intake.desks[0]
    gone = make_clerk(world.intake, desk, is_active=False)
    begun(world, desk)
    assert not DeskAccess.objects.filter(user=gone).exists()
    with pytest.raises(NoDeskAccess):
        keyring_for(StaffUser.objects.get(pk=gone.pk)).desk_secret(desk)
    to_the_end(world, desk)
    begin, end = (
        AuditEvent.objects.get(action=action)
        for action in (Action.BEGIN_ROTATION, Action.END_ROTATION)
    )
    assert begin.detail == {"kept": 1, "dropped": 1}
    assert (end.actor, end.detail["kept"], end.detail["damaged"]) == (world.office, 1, 0)
    moved = sum(one.detail["rows"] for one in AuditEvent.objects.filter(action=Action.RESEAL))
    assert end.detail["rows"] == moved == DeskRotation.objects.get().resealed > 0


def test_who_is_let_in_during_it_has_the_new_one_alone_at_the_end(world: Helped):
    desk, clerk = world.intake.desks[0], make_ready(Role.TEAM)
    begun(world, desk)
    both, desk = keyring_for(world.office), fresh(desk)
    both.desk_secret(desk)
    granting.grant(clerk, desk, keyring=both, by=world.office, at=LATER)
    assert len(identities_in(keyring_for(clerk).desk_secret(desk))) == 2
    to_the_end(world, desk)
    assert keyring_for(clerk).desk_secret(desk) == keyring_for(world.lead).desk_secret(desk)
    late = make_ready(Role.TEAM)
    granting.grant(late, desk, keyring=both, by=world.office, at=SETTLED)
    assert keyring_for(late).desk_secret(desk) == keyring_for(clerk).desk_secret(desk)


def test_nobody_is_let_in_by_what_was_read_before_it_began(world: Helped):
    desk, clerk = world.intake.desks[0], make_ready(Role.TEAM)
    before = keyring_for(world.office)
    before.desk_secret(desk)
    begun(world, desk)
    with pytest.raises(GrantRefused, match="正在更换密钥"):
        granting.grant(clerk, desk, keyring=before, by=world.office, at=LATER)


def test_what_nobody_opens_stops_it_before_the_end_until_a_person_says_so(world: Helped):
    desk = world.intake.desks[0]
    name = world.item.attachments.values_list("sealed_file", flat=True).first()
    assert name
    sealed_files.remove(name)
    begun(world, desk)
    step = walk(world, desk).step
    while not (progress := step()).is_stuck:
        assert not progress.is_over
    assert "1 份新旧密钥都打不开" in progress.words
    assert len(identities_in(keyring_for(world.lead).desk_secret(fresh(desk)))) == 2
    assert walk(world, desk, leaves_damaged=True).step().is_over


def test_only_the_office_begins_and_only_what_is_no_recovery_file_s(world: Helped):
    desk, secret = world.intake.desks[0], world.intake.secrets[world.intake.desks[0].pk]
    for by in (world.lead, world.auditor):
        with pytest.raises(CannotRotate, match="只有巡察办"):
            beginning.begin(desk, secret, by=by, at=LATER)
    with pytest.raises(CannotRotate, match="恢复文件"):
        office = world.intake.office
        beginning.begin(office, world.intake.secrets[office.pk], by=world.office, at=LATER)
    with pytest.raises(CannotRotate, match="不是这个受理席现在用的"):
        beginning.begin(
            desk, world.intake.secrets[world.intake.desks[1].pk], by=world.office, at=LATER
        )
    begun(world, desk)
    with pytest.raises(CannotRotate, match="正在更换密钥"):
        begun(world, desk)


def test_the_event_may_change_every_digest_of_the_table():
    (reseal,) = [kind for kind in EVENT_KINDS if kind.action == Action.RESEAL]
    told = {(model, column) for model, columns in reseal.changes.items() for column in columns}
    digests = {
        (kind.model, digest)
        for kind in SEALED_TO_DESKS
        for digest in kind.columns.values()
        if digest and not kind.is_made_again
    }
    assert digests <= told


def test_columns_of_every_model_that_hold_something_sealed_are_in_one_table():
    known = {(kind.model, column) for kind in SEALED_TO_DESKS for column in kind.columns}
    others = SEALED_TO_MEMBERS | SEALED_IN_PARTS | SEALED_TO_FORMS
    known |= {(model, column) for model, columns in others.items() for column in columns}
    stored = {
        (model, column.name)
        for model in apps.get_app_config("intake").get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, models.BinaryField)
        or (
            column.name.startswith(("sealed", "wrapped"))
            and not column.name.endswith(("_digest", "_sha256"))
        )
    }
    assert stored == known
