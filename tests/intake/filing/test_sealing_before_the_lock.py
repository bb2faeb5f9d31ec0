"""Whoever seals files holds up nobody: no part is written while a lock is held that all need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from inspection.current import read
from intake import audit
from intake.casework import opening, rerouting, taking_over
from intake.casework.moving.judging import Judged
from intake.casework.registering import register
from intake.casework.registering.web_reports import Checked, register_web
from intake.casework.together import helping, linking
from intake.choices import Scope
from intake.citizen.adding import supplement
from intake.keeping import sealed_files
from intake.models import Attachment, SealedPart, Submission
from intake.report import receipts
from intake.report.contents import whole_of
from intake.report.draft import SupplementDraft
from intake.report.form_tokens import new_nonce
from intake.sealing.sealing import seal
from tests.intake.casework.together.helped_world import Helped, make_helped
from tests.intake.keeping.kept import kept_names
from tests.making import INSIDE, make_draft
from tests.staff_work import ADDED, PHOTO, keyring_for, send

pytestmark = pytest.mark.django_db(transaction=True)
PART = f"INSERT INTO {SealedPart._meta.db_table} "


class Watch:
    """How many parts were written, and how many of them while others had to wait."""

    def __init__(self) -> None:
        self.parts, self.late = 0, 0
        self._holds_the_chain = False

    def __call__(self, run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "pg_advisory_xact_lock" in sql:
            self._holds_the_chain = True
            transaction.on_commit(self._let_go)
        if sql.startswith(PART):
            self.parts += 1
            is_sqlite = connection.vendor == "sqlite"
            self.late += connection.in_atomic_block if is_sqlite else self._holds_the_chain
        return run(sql, params, many, context)

    def _let_go(self) -> None:
        self._holds_the_chain = False


@contextmanager
def watched(parts: int) -> Iterator[None]:
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield
    assert (watch.parts, watch.late) == (parts, 0)


def to_the_second_helper(world: Helped) -> None:
    """Two files, the report's and the supplement's."""
    office, third = world.office, world.intake.desks[2]
    with watched(2):
        helping.add(world.again(), third, keyring=keyring_for(office), by=office, at=INSIDE)


def to_both_helpers_with_an_opening(world: Helped) -> None:
    draft = make_draft(target_code=world.intake.targets[0].code)
    item = send(world.intake, world.intake.targets[0], nonce=draft.nonce)
    keyring = keyring_for(world.lead)
    registered = {"keyring": keyring_for(world.office), "by": world.office, "at": INSIDE}
    register([item], by=world.office, at=INSIDE)
    for desk in world.intake.desks[1:]:
        helping.add(Submission.objects.get(pk=item.pk), desk, **registered)
    code = receipts.code_for(draft.nonce, draft.content, settings.RECEIPT_KEY)
    more = SupplementDraft(narrative=ADDED, attachments=(PHOTO,))
    supplement(code, more, nonce=new_nonce(), at=INSIDE)
    item = Submission.objects.get(pk=item.pk)
    with watched(2):
        opening.open(item, keyring, by=world.lead, at=INSIDE)
    with watched(0):
        opening.open(item, keyring, by=world.lead, at=INSIDE)


def to_another_desk(world: Helped) -> None:
    with watched(2):
        rerouting.reroute(
            world.again(),
            to=world.intake.desks[1],
            keyring=keyring_for(world.office),
            by=world.office,
            at=INSIDE,
            reason="（演示）",
        )


def with_its_registration(world: Helped) -> None:
    item = send(world.intake, attachments=(PHOTO,))
    target = world.intake.targets[0]
    judged = Judged(scope=Scope.IN)
    checked = Checked(
        judged,
        category="",
        target=target,
        accused=(),
        abstract="",
        desk=world.intake.desks[0],
        why="（演示）",
    )
    with watched(1):
        register_web(
            item,
            checked,
            keyring_for(world.office),
            version=item.version,
            case_version=0,
            published=read(world.intake.round),
            by=world.office,
            at=INSIDE,
        )


def with_the_heads_login(world: Helped) -> None:
    """It came in before the round had a desk of its head."""
    item, office = (
        send(world.intake, attachments=(PHOTO,), about_inspectors=True),
        world.intake.office,
    )
    whole = seal(
        make_draft(about_inspectors=True, attachments=(PHOTO,)).to_report(), office.recipient
    )
    Submission.objects.filter(pk=item.pk).update(desk=office, sealed=whole)
    file = seal(whole_of(PHOTO.content), office.recipient)
    kept = {"sealed_file": sealed_files.write(file), "sealed_sha256": audit.fingerprint(file)}
    Attachment.objects.filter(submission=item).update(**kept)
    with watched(1):
        assert taking_over.take_over(keyring_for(world.head), by=world.head, at=INSIDE) == 1


DEEDS: tuple[Callable[[Helped], None], ...] = (
    to_the_second_helper,
    to_both_helpers_with_an_opening,
    to_another_desk,
    with_its_registration,
    with_the_heads_login,
)


def test_files_go_to_another_desk_before_anybody_has_to_wait():
    world = make_helped()
    for deed in DEEDS:
        deed(world)


def test_what_was_sealed_ahead_is_gone_where_the_deed_is_refused_in_the_end():
    world = make_helped()
    lead = {"keyring": keyring_for(world.helper), "by": world.helper, "at": INSIDE}
    item = send(world.intake, world.intake.targets[1], attachments=(PHOTO,))
    register([item], by=world.office, at=INSIDE)
    item.refresh_from_db()
    before = kept_names()
    linking.link(item.pk, world.own.pk, version=item.version, **lead)
    office = {"keyring": keyring_for(world.office), "by": world.office, "at": INSIDE}
    to = world.intake.desks[0]
    with watched(1), pytest.raises(rerouting.CannotReroute):
        rerouting.reroute(item, to=to, reason="（演示）", **office)
    assert kept_names() == before
