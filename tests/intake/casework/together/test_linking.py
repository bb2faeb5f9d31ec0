"""A person confirms a repeat: both items stay, the link is flat, and can be undone."""

import pytest
from django.db import IntegrityError, transaction

from inspection.current import read
from intake import audit
from intake.casework import case_files, news, opening, rerouting
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.moving.allowing import CannotMove
from intake.casework.moving.move_table import Through
from intake.casework.moving.moving import move
from intake.casework.moving.needed import Missing
from intake.casework.moving.voiding_by_two import drop
from intake.casework.together import linking
from intake.casework.together.finding_repeats import compare
from intake.casework.together.linked import live_repeats_of
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Action, Signature, Status
from intake.citizen.adding import supplement
from intake.citizen.submitting import submit
from intake.models import AuditEvent, RepeatLink, StaffUser, Submission
from intake.report.draft import SupplementDraft
from intake.report.form_tokens import new_nonce
from tests.intake.casework.together.two_letters import (
    LATER,
    MATTER,
    TwoLetters,
    make_two_letters,
    take_on,
)
from tests.making import INSIDE, make_clerk, make_draft, record_what_was_made
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

WHY = "（演示）有新的合同，是另一件事"


@pytest.fixture
def two() -> TwoLetters:
    return make_two_letters()


def link(
    two: TwoLetters,
    repeat: Submission | None = None,
    lead: Submission | None = None,
    *,
    version: int | None = None,
    by: StaffUser | None = None,
) -> Submission:
    """The second letter to the first, as the page with the present version does it."""
    item = Submission.objects.get(pk=(repeat or two.second).pk)
    seen, clerk = version or item.version, by or two.clerk
    to, keyring = (lead or two.first).pk, keyring_for(clerk)
    return linking.link(item.pk, to, version=seen, by=clerk, at=LATER, keyring=keyring)


def unlink(two: TwoLetters, reason: str = WHY) -> Submission:
    item, keyring = Submission.objects.get(pk=two.second.pk), keyring_for(two.clerk)
    return linking.unlink(
        item.pk, reason=reason, version=item.version, by=two.clerk, at=LATER, keyring=keyring
    )


def test_both_stay_and_are_counted_as_one_item_that_came_twice(two: TwoLetters):
    assert Submission.objects.all().items_and_times() == (2, 2)
    assert link(two).status == Status.REPEAT
    assert Submission.objects.all().items_and_times() == (1, 2)
    (row,) = live_repeats_of(two.first)
    assert (row.repeat_id, row.made_by, row.made_at) == (two.second.pk, two.clerk, LATER)
    two.first.refresh_from_db()
    assert two.first.status == Status.TO_ASSESS
    event = AuditEvent.objects.get(action=Action.LINK_REPEAT)
    assert list(audit.details_of(event)) == []
    record_what_was_made()
    assert audit.verify().problems == ()


def test_a_link_is_undone_with_a_reason_that_is_sealed(two: TwoLetters):
    link(two)
    with pytest.raises(Missing):
        unlink(two, "  ")
    assert unlink(two).status == Status.TO_ASSESS
    assert Submission.objects.all().items_and_times() == (2, 2)
    notes = case_files.open(two.second, keyring_for(two.clerk)).words.notes
    assert [note.words for note in notes] == [WHY]
    assert all(WHY not in str(event.detail) for event in AuditEvent.objects.all())
    with pytest.raises(linking.CannotLink, match="没有并入"):
        unlink(two)
    # It may be confirmed once more.
    assert link(two).status == Status.REPEAT
    record_what_was_made()
    assert audit.verify().problems == ()


def test_links_are_flat(two: TwoLetters):
    third = send(two.intake, two.intake.targets[0], at=LATER, narrative=MATTER, subject="王德发")
    take_on(two, third)
    link(two)
    # What is found of a repeat leads to what it repeats.
    found = compare(third, keyring_for(two.clerk), by=two.clerk, at=LATER)
    leads = {one.item: one.lead for one in found.candidates}
    assert leads == {two.first: two.first, two.second: two.first}
    for repeat, lead, why in (
        (third, two.second, "首件"),
        (two.first, third, "不能再并入"),
        (two.first, two.first, "它自己"),
    ):
        with pytest.raises(linking.CannotLink, match=why):
            link(two, repeat, lead)
    desk, keyring = two.intake.desks[1], keyring_for(two.office)
    with pytest.raises(rerouting.CannotReroute, match="取消关联"):
        rerouting.reroute(
            two.first, to=desk, keyring=keyring, by=two.office, at=LATER, reason="（演示）"
        )


def void(two: TwoLetters, item: Submission, by: StaffUser, **reason: str) -> Submission:
    seen, keyring = Submission.objects.get(pk=item.pk).version, keyring_for(by)
    return move(item.pk, Status.VOIDED, version=seen, by=by, at=LATER, keyring=keyring, **reason)


def test_what_is_repeated_is_not_voided(two: TwoLetters):
    void(two, two.first, two.clerk, reason=WHY)
    link(two)
    # Neither by who confirms what was asked before, nor by who asks.
    with pytest.raises(CannotMove, match="有 1 件重复件并入了这一件，不能作废"):
        void(two, two.first, two.office)
    drop(two.first.pk, version=two.first.version + 1, by=two.clerk, at=LATER)
    with pytest.raises(CannotMove, match="有 1 件重复件"):
        void(two, two.first, two.clerk, reason=WHY)
    assert Submission.objects.get(pk=two.first.pk).status == Status.TO_ASSESS
    # A repeat that is void itself holds nothing.
    for by, reason in ((two.clerk, {"reason": WHY}), (two.office, {})):
        void(two, two.second, by, **reason)
    for by, reason in ((two.clerk, {"reason": WHY}), (two.office, {})):
        void(two, two.first, by, **reason)
    statuses = Submission.objects.values_list("status", flat=True)
    assert set(statuses) == {Status.VOIDED}


def test_who_wrote_twice_is_told_of_the_first(two: TwoLetters):
    """Nobody is told what became of a repeat, closed or not; parted, it is one of its own."""
    Submission.objects.update(signature=Signature.NAMED_CHECKED)
    keyring, by = keyring_for(two.office), two.office
    item = link(two)
    asked = {"by": by, "at": LATER, "keyring": keyring}
    closed, archived = {"result": WHY}, {"through": Through.APPRAISAL}
    for to, said in ((Status.CLOSED, closed), (Status.ARCHIVED, archived)):
        assert lines_for(item, LATER) == []
        item = move(item.pk, to, version=item.version, **asked, **said)
    assert lines_for(item, LATER) == []
    RepeatLink.objects.update(undone_by=by, undone_at=LATER)
    assert [line.rule for line in lines_for(item, LATER)] == ["tell_closed"]


def test_who_is_late_or_at_another_desk_links_nothing(two: TwoLetters):
    link(two)
    with pytest.raises(ChangedMeanwhile):
        link(two, version=two.second.version)
    with pytest.raises(CannotMove):
        link(two)
    with pytest.raises(Submission.DoesNotExist):
        link(two, two.first, two.second, by=make_clerk(two.intake, two.intake.desks[1]))
    assert RepeatLink.objects.count() == 1


@pytest.mark.parametrize(
    ("column", "changes"),
    [
        ("repeat_link_of_two_items", {"lead": "second"}),
        ("repeat_link_undone_by_somebody", {"undone_at": LATER}),
        ("repeat_id", {}),
    ],
)
def test_what_no_link_can_be(two: TwoLetters, column: str, changes: dict[str, object]):
    link(two)
    lead = two.second if changes.get("lead") else two.first
    more = {name: value for name, value in changes.items() if name != "lead"}
    values = {"lead": lead, "repeat": two.second, "made_by": two.clerk, "made_at": INSIDE}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        RepeatLink.objects.create(**{**values, **more})
    assert column in str(refused.value) or "repeat_link_one_live_lead" in str(refused.value)


def test_nobody_undoes_a_link_without_a_time(two: TwoLetters):
    link(two)
    with (
        pytest.raises(IntegrityError, match="repeat_link_undone_by_somebody"),
        transaction.atomic(),
    ):
        RepeatLink.objects.update(undone_by=two.clerk)


def test_what_is_added_to_a_repeat_later_shows_at_the_lead(two: TwoLetters):
    typed = make_draft(target_code=two.intake.targets[0].code, narrative=MATTER)
    receipt = submit(typed, published=read(two.intake.round), at=INSIDE)
    third = Submission.objects.exclude(pk__in=[two.first.pk, two.second.pk]).get()
    take_on(two, third)
    link(two, third)
    supplement(receipt.code, SupplementDraft(narrative="（演示）补"), nonce=new_nonce(), at=LATER)
    shown = Submission.objects.visible_to(two.clerk).annotate(is_news=news.has_news())
    assert list(shown.filter(is_news=True)) == [two.first]
    mine = Submission.objects.visible_to(two.clerk).filter(news.only_with_news())
    assert mine.count() == 1
    assert set(Submission.objects.filter(news.only_with_news())) == {two.first}
    opened = opening.open(two.first, keyring_for(two.clerk), by=two.clerk, at=LATER)
    assert [(one.sent_to, one.is_new) for one in opened.supplements] == [(third, True)]
    assert mine.count() == 0
