"""Looking inside of sealed items: what each member may open, one event, and however it ends."""

from base64 import b64decode
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from inspection import clock
from intake.casework import case_files, registering
from intake.casework.case_files import Seen
from intake.casework.looking_inside import openable, under_way
from intake.casework.looking_inside.look import Looked, Wanted, Why, look_inside
from intake.casework.looking_inside.openable import Keys, Secrets, slices
from intake.casework.search.hits import How
from intake.casework.search.item_texts import READERS
from intake.casework.together import helping, recusing
from intake.choices import Action, NotKeptReason
from intake.models import (
    Appraisal,
    AppraisalEntry,
    AuditEvent,
    DeadlineExtension,
    DeadlinePause,
    HelpingDesk,
    HelpingOpinion,
    RunningSearch,
    StaffUser,
    Submission,
    TransferEntry,
)
from intake.report.case_words import Accused, CaseWords, Reporter
from intake.report.transfer_words import EntryWords
from intake.sealing.opening_many import Opener
from intake.sealing.sealing import seal
from tests.intake.casework.transfers.list_world import lay_on_a_list
from tests.making import INSIDE, Intake, make_clerk, make_head, make_intake, record_what_was_made
from tests.running.standing_world import standing_world
from tests.staff_work import ADDED, PHOTO, keyring_for, send, send_with_all

pytestmark = pytest.mark.django_db
LATER = INSIDE + timedelta(hours=1)


@dataclass
class World:
    """Two teams with a letter each, one at the office, one about an inspector."""

    intake: Intake
    first: StaffUser
    second: StaffUser
    office: StaffUser
    head: StaffUser
    letters: dict[str, Submission]


def make_world() -> World:
    intake = make_intake()
    words = "在村里的账目上反复作假，事情大家都知道"
    letters = {
        "first": send_with_all(
            intake,
            intake.targets[0],
            narrative=f"单建国{words}",
            reporter_name="钱秘密",
            reporter_phone="13900000001",
            identity="named",
            agree_sensitive=True,
        ),
        "second": send(intake, intake.targets[1], narrative=f"单\n建 國{words}"),
        "office": send(intake, narrative=f"善建国{words}"),
        "head": send(intake, narrative=f"單建国{words}", about_inspectors=True),
    }
    return World(
        intake,
        make_clerk(intake, intake.desks[0]),
        make_clerk(intake, intake.desks[1]),
        make_clerk(intake, intake.office),
        make_head(intake),
        letters,
    )


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    made = standing()
    record_what_was_made()
    return made


def looked(world: World, words: str, by: StaffUser, **bounds: float) -> list[Looked]:
    listed = Submission.objects.visible_to(by).order_by("-received_at", "-id")
    keys = Keys.of(listed, by, with_helped=True)
    wanted = Wanted(words, keys, world.intake.round, **bounds)  # type: ignore[arg-type]
    steps = look_inside(wanted, keyring_for(by), by=by, at=LATER, is_still_in=lambda: True)
    return list(steps)


def found(world: World, words: str, by: StaffUser) -> set[str]:
    names = {letter.pk: name for name, letter in world.letters.items()}
    return {names[one.key] for step in looked(world, words, by) for one in step.hits}


def looked_through(by: StaffUser) -> str:
    """All words in which a search of this member would look."""
    keys = Keys.of(Submission.objects.visible_to(by), by, with_helped=True)
    secrets = Secrets.of(keyring_for(by), by)
    openers = {desk: Opener(secret) for desk, secret in secrets.by_desk.items()}
    return "\n".join(
        words
        for slice_ in slices(keys, secrets, by)
        for _key, _desk, parts in slice_.items
        for kind, desk, sealed in parts
        for _label, words in READERS[kind](openers[desk].open(b64decode(sealed)))
    )


def events() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=Action.SEARCH_SEALED).order_by("sequence"))


def test_everybody_finds_what_they_may_open_and_leaves_one_event_without_the_words(world: World):
    assert found(world, "单建国", world.first) == {"first"}
    assert found(world, "shanjianguo", world.second) == {"second"}
    assert found(world, "单建国", world.office) == {"first", "second", "office"}
    assert found(world, "單建國", world.head) == {"first", "second", "office", "head"}
    told = [(one.actor, one.detail, one.desk, one.object_id) for one in events()]
    desks_of = ((world.first, 1, 1), (world.second, 1, 1), (world.office, 3, 3), (world.head, 4, 4))
    assert told == [
        (user, {"searched": opened, "desks": desks}, None, str(world.intake.round.pk))
        for user, opened, desks in desks_of
    ]
    assert not RunningSearch.objects.exists()


def test_hits_come_in_the_order_of_the_list_with_their_words_around(world: World):
    (first, last) = looked(world, "单建国", world.office)
    names = [world.letters[name].pk for name in ("office", "second", "first")]
    in_order = Submission.objects.filter(pk__in=names).order_by("-received_at", "-id")
    assert [one.key for one in first.hits] == list(in_order.values_list("pk", flat=True))
    by_key = {one.key: one.places[0] for one in first.hits}
    split = by_key[world.letters["second"].pk]
    assert (split.label, split.found, split.how) == ("反映内容", "单\n建 國", How.WRITTEN)
    assert split.after.startswith("在村里")
    assert by_key[world.letters["office"].pk].how is How.SLIP
    assert (last.why, last.opened, last.shown, last.failed) == (Why.COMPLETE, 3, 3, 0)


def test_looks_into_supplements_file_names_and_the_own_case_file_but_never_at_the_reporter(
    world: World,
):
    words = CaseWords(accused=(Accused(name="欧阳虚构", post="支书"),), abstract="摘要里的词")
    reporter = Reporter(name="孙登记", phone="13900000002", address="秘密街一号")
    item, by = world.letters["first"], world.first
    keyring = keyring_for(by)
    case_files.save(item, keyring, words=words, reporter=reporter, seen=Seen(0), by=by, at=LATER)
    texts = looked_through(by)
    for told in ("单建国", ADDED, PHOTO.name, "欧阳虚构，支书", "摘要里的词"):
        assert told in texts
    for secret in ("钱秘密", "13900000001", "孙登记", "13900000002", "秘密街一号"):
        assert secret not in texts
    assert found(world, "欧阳虚构", world.office) == {"first"}
    assert found(world, "孙登记", world.office) == set()


def write_beside(world: World) -> None:
    """At its desk an opinion and two reasons, at the office's a list and an appraisal."""
    item, own, office = world.letters["first"], world.intake.desks[0], world.intake.office
    reason = seal("暂停因为等鉴定结果".encode(), own.recipient)
    DeadlinePause.objects.create(
        submission=item, rule="sorting", first=INSIDE, paused_by=world.first, sealed_reason=reason
    )
    DeadlineExtension.objects.create(
        submission=item,
        rule="sorting",
        extra=1,
        granted_by=world.head,
        granted_on=INSIDE,
        sealed_reason=seal("延长因为人手不够".encode(), own.recipient),
    )
    helping_desk = HelpingDesk.objects.create(
        submission=item, desk=world.intake.desks[1], added_by=world.office, added_at=INSIDE
    )
    HelpingOpinion.objects.create(
        helping=helping_desk,
        given_by=world.second,
        given_at=INSIDE,
        sealed=seal("协办说查无实据".encode(), own.recipient),
    )
    lay_on_a_list(item, office, EntryWords(abstract="摘要写给接收单位", remark="清单上的备注"))
    appraisal = Appraisal.objects.create(
        round=world.intake.round, desk=office, is_kept=False, made_by=world.office, made_at=INSIDE
    )
    AppraisalEntry.objects.create(
        appraisal=appraisal,
        submission=item,
        reason=NotKeptReason.EMPTY,
        sealed=seal("鉴定时只有信封".encode(), office.recipient),
    )


def test_looks_into_lists_opinions_and_reasons_of_desks_that_the_member_holds(world: World):
    write_beside(world)
    at_the_item = ("暂停因为等鉴定结果", "延长因为人手不够", "协办说查无实据")
    on_lists = ("摘要写给接收单位", "清单上的备注", "鉴定时只有信封")
    own_words, all_words = looked_through(world.first), looked_through(world.office)
    assert all(one in own_words for one in at_the_item)
    assert not any(one in own_words for one in on_lists)
    assert all(one in all_words for one in (*at_the_item, *on_lists))
    assert not any(one in looked_through(world.second) for one in (*at_the_item, *on_lists))
    assert found(world, "接收单位", world.office) == {"first"}
    TransferEntry.objects.update(is_out=True)
    AppraisalEntry.objects.update(is_live=False)
    assert not any(one in looked_through(world.office) for one in on_lists)


def test_whoever_helps_finds_the_copies_and_whoever_was_kept_out_finds_nothing(world: World):
    item, office = world.letters["first"], world.office
    registering.register([item], by=office, at=LATER)
    item.refresh_from_db()
    desk = world.intake.desks[1]
    helping.add(item, desk, keyring=keyring_for(office), by=office, at=LATER)
    words = CaseWords(abstract="主办自己写的")
    keyring = keyring_for(world.first)
    case_files.save(item, keyring, words=words, seen=Seen(0), by=world.first, at=LATER)
    texts = looked_through(world.second)
    assert ADDED in texts and "主办自己写的" not in texts
    assert found(world, "单建国", world.second) == {"first", "second"}
    recusing.order(item, world.second, reason="亲戚", by=office, at=LATER)
    assert found(world, "单建国", world.second) == {"second"}


def test_what_is_damaged_is_counted_and_keeps_nothing_else_from_being_found(world: World):
    Submission.objects.filter(pk=world.letters["first"].pk).update(sealed=b"damaged")
    last = looked(world, "单建国", world.office)[-1]
    assert (last.shown, last.failed, last.why) == (2, 1, Why.COMPLETE)


def test_a_search_ends_at_its_bounds_and_says_why(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(openable, "SLICE", 1)
    enough = looked(world, "单建国", world.office, most_hits=2)[-1]
    assert (enough.why, enough.shown) == (Why.ENOUGH, 2)
    over = looked(world, "单建国", world.office, seconds=0)[-1]
    assert (over.why, over.opened) == (Why.TIME_OVER, 1)
    assert [one.detail["searched"] for one in events()] == [2, 1]


def test_whoever_goes_away_stops_or_logs_out_leaves_the_event_of_what_was_opened(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(openable, "SLICE", 1)
    by = world.office
    keys = Keys.of(Submission.objects.visible_to(by), by, with_helped=True)
    wanted, keyring = Wanted("单建国", keys, world.intake.round), keyring_for(by)
    is_in = [True]

    def begin() -> Generator[Looked, None, None]:
        return look_inside(wanted, keyring, by=by, at=LATER, is_still_in=lambda: is_in[0])

    gone = begin()
    next(gone)
    gone.close()
    stopped = begin()
    next(stopped)
    under_way.stop(by)
    assert next(stopped).why is Why.STOPPED and next(stopped, None) is None
    out = begin()
    next(out)
    is_in[0] = False
    last = next(out)
    assert (last.why, last.hits) == (Why.LOGGED_OUT, []) and next(out, None) is None
    assert [one.detail["searched"] for one in events()] == [1, 2, 2]
    assert not RunningSearch.objects.exists()


def test_what_a_crash_cut_off_is_recorded_by_the_next_search(world: World):
    RunningSearch.objects.create(
        user=world.first,
        round=world.intake.round,
        began_at=INSIDE,
        at_desks={str(desk.pk): 2 + place for place, desk in enumerate(world.intake.desks[:2])},
        seen_at=clock.real_now() - timedelta(minutes=5),
    )
    found(world, "单建国", world.second)
    cut_off, own = events()
    assert (cut_off.actor, cut_off.at) == (world.first, INSIDE)
    assert (cut_off.detail, own.detail) == (
        {"searched": 5, "desks": 2},
        {"searched": 1, "desks": 1},
    )


def test_each_round_looked_into_has_its_event(world: World):
    """Who read an item is asked by its round, and the list may span several."""
    other = make_intake(ordinal=9)
    at_desks = {str(world.intake.desks[0].pk): 3, str(other.desks[1].pk): 4}
    RunningSearch.objects.create(
        user=world.first,
        round=world.intake.round,
        began_at=INSIDE,
        at_desks=at_desks,
        seen_at=clock.real_now() - timedelta(minutes=5),
    )
    assert under_way.record_what_was_cut_off() == 1
    told = [(one.object_id, one.detail["searched"], one.detail["desks"]) for one in events()]
    assert told == [(str(world.intake.round.pk), 3, 1), (str(other.round.pk), 4, 1)]


def test_no_more_than_a_few_search_at_once(world: World):
    for user in (world.first, world.head)[: under_way.MOST_AT_ONCE]:
        RunningSearch.objects.create(
            user=user, round=world.intake.round, began_at=INSIDE, seen_at=clock.real_now()
        )
    (only,) = looked(world, "单建国", world.second)
    assert (only.why, only.opened) == (Why.CROWD, 0) and events() == []


def test_without_items_nothing_is_opened_and_no_event_is_left(world: World):
    nobody = make_clerk(world.intake, world.intake.desks[0], is_active=False)
    (only,) = looked(world, "单建国", nobody)
    assert (only.why, only.total) == (Why.COMPLETE, 0) and events() == []
