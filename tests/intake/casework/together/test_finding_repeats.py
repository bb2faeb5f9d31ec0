"""Repeats are proposed by keyed digests and by words, within the desks that a member opens."""

import pytest

from intake.casework import case_files, opening, rerouting
from intake.casework.case_files import Seen
from intake.casework.repeats import Trait
from intake.casework.together import linking
from intake.casework.together.finding_repeats import compare, look_beside, look_up
from intake.casework.together.item_facts import told_facts
from intake.choices import Action
from intake.models import AuditEvent, ItemDigest, Submission
from intake.report.case_words import Accused, CaseWords
from intake.report.on_paper.paper_facts import PaperFacts
from tests.intake.casework.together.two_letters import (
    LATER,
    MATTER,
    PHONE,
    TwoLetters,
    make_two_letters,
)
from tests.making import make_clerk, make_intake
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> TwoLetters:
    return make_two_letters()


def test_an_earlier_item_is_proposed_with_what_agrees(two: TwoLetters):
    found = compare(two.second, keyring_for(two.clerk), by=two.clerk, at=LATER)
    assert (found.earlier, found.opened) == (1, 1)
    (one,) = found.candidates
    assert (one.item, one.lead, one.words) == (two.first, two.first, MATTER)
    assert one.agreement.traits == {Trait.SIGNER, Trait.TELEPHONE, Trait.ACCUSED, Trait.BODY}
    assert one.agreement.looks_like_repeat
    event = AuditEvent.objects.get(action=Action.COMPARE_REPEATS)
    assert (event.detail, event.desk) == ({"opened": 1, "alike": 1}, two.second.desk)
    assert MATTER not in repr(found) + repr(one)
    # What came later is no lead of what came before.
    assert not compare(two.first, keyring_for(two.clerk), by=two.clerk, at=LATER).candidates


def test_words_alone_are_found_where_no_digest_agrees():
    nobody = {"identity": "anonymous", "reporter_name": "", "reporter_phone": "", "subject": ""}
    two = make_two_letters(**nobody)
    ItemDigest.objects.filter(submission=two.first).delete()
    found = compare(two.second, keyring_for(two.clerk), by=two.clerk, at=LATER)
    assert [one.item for one in found.candidates] == [two.first]


def test_a_letter_that_names_nobody_is_proposed_by_its_words_before_anything_is_opened():
    """While it is typed, and beside one that has no number yet."""
    two = make_two_letters(identity="anonymous", reporter_name="", reporter_phone="", subject="")
    keyring, (item, clerk) = keyring_for(two.clerk), (two.second, two.clerk)
    copied = f"听说的事：{MATTER[:45]}（后面看不清）"
    hits = look_up(told_facts(narrative=copied), item.round, keyring, by=clerk, at=LATER)
    assert {hit.item for hit in hits} == {two.first, item}
    assert {hit.traits for hit in hits} == {(Trait.WORDS,)}
    waiting = send(two.intake, two.intake.targets[0], at=LATER, narrative=copied)
    facts = told_facts(narrative=copied)
    assert {hit.item for hit in look_beside(waiting, facts, keyring, by=clerk)} == {two.first, item}
    other = told_facts(narrative="（演示）镇卫生院的收费没有公示，药价比别处高，请查一查。")
    assert not look_beside(waiting, other, keyring, by=clerk)
    assert AuditEvent.objects.filter(action=Action.COMPARE_REPEATS).count() == 0


def test_who_signed_a_letter_beside_the_one_named_is_compared_too():
    noted = PaperFacts(signer_names="钱小红、赵小明")
    two = make_two_letters(reporter_name="孙小刚", reporter_phone="", subject="", paper=noted)
    (found,) = compare(two.second, keyring_for(two.clerk), by=two.clerk, at=LATER).candidates
    assert Trait.SIGNER in found.agreement.traits


def test_another_desk_is_compared_by_the_office_alone_and_never_linked():
    two = make_two_letters(target=None)
    assert two.first.desk != two.second.desk
    found = compare(two.second, keyring_for(two.office), by=two.office, at=LATER)
    assert [one.item for one in found.candidates] == [two.first]
    with pytest.raises(linking.CannotLink, match="同一个受理席"):
        linking.link(
            two.second.pk,
            two.first.pk,
            version=two.second.version,
            by=two.office,
            at=LATER,
            keyring=keyring_for(two.office),
        )
    other = make_clerk(two.intake, two.intake.desks[1])
    theirs = send(two.intake, two.intake.targets[1], at=LATER, narrative=MATTER)
    found = compare(theirs, keyring_for(other), by=other, at=LATER)
    assert (found.earlier, found.candidates) == (0, ())


def test_digests_tell_nothing_without_the_key_of_the_desk(two: TwoLetters):
    rows = ItemDigest.objects.filter(submission=two.first)
    assert {row.trait for row in rows} == {"signer", "telephone", "accused", "body", "words"}
    assert not any("王德发" in str(vars(row)) or PHONE in str(vars(row)) for row in rows)
    # The same words at another desk have other digests.
    elsewhere = send(
        two.intake, two.intake.targets[1], narrative=MATTER, subject="王德发", at=LATER
    )
    clerk = make_clerk(two.intake, two.intake.desks[1])
    opening.open(elsewhere, keyring_for(clerk), by=clerk, at=LATER)
    theirs = set(ItemDigest.objects.filter(submission=elsewhere).values_list("digest", flat=True))
    assert theirs and not theirs & {row.digest for row in rows}


def test_digests_follow_the_case_file_and_the_desk(two: TwoLetters):
    before = set(ItemDigest.objects.filter(submission=two.first).values_list("digest", flat=True))
    words = CaseWords(accused=(Accused(name="李有财", body="第九村"),))
    keyring = keyring_for(two.clerk)
    case_files.save(two.first, keyring, words=words, seen=Seen(0), by=two.clerk, at=LATER)
    after = ItemDigest.objects.filter(submission=two.first)
    assert after.filter(trait="accused").count() == 2
    assert before < set(after.values_list("digest", flat=True))
    item, desk = Submission.objects.get(pk=two.first.pk), two.intake.desks[1]
    keyring = keyring_for(two.office)
    rerouting.reroute(item, to=desk, keyring=keyring, by=two.office, at=LATER, reason="（演示）")
    now = ItemDigest.objects.filter(submission=item)
    assert {row.desk_id for row in now} == {desk.pk}
    assert not before & {row.digest for row in now}


def test_while_registering_only_digests_are_asked_and_nothing_is_opened(two: TwoLetters):
    facts = told_facts(narrative="（演示）另外的话", reporter_phone="+86 13912345670")
    round_ = two.intake.round
    hits = look_up(facts, round_, keyring_for(two.clerk), by=two.clerk, at=LATER)
    same = (Trait.TELEPHONE,)
    assert [(hit.item, hit.traits) for hit in hits] == [(two.second, same), (two.first, same)]
    event = AuditEvent.objects.get(action=Action.LOOK_FOR_REPEATS)
    assert (event.object_id, event.detail) == (str(round_.pk), {"alike": 2})
    elsewhere = make_intake()
    for desks, desk in ((two.intake, two.intake.desks[1]), (elsewhere, elsewhere.office)):
        other = make_clerk(desks, desk)
        assert not look_up(facts, round_, keyring_for(other), by=other, at=LATER)
