"""What goes on a list: which items, in whose words, and whose name never."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from intake.casework import case_files
from intake.casework.case_files import Seen
from intake.casework.transfers import abstracts, gathering
from intake.casework.transfers.abstracts import CannotWrite
from intake.casework.transfers.gathering import CannotGather, Into
from intake.casework.transfers.list_table import Step
from intake.choices import Action, ListKind, Nature, ReceiverKind, Status
from intake.models import AuditEvent, Receiver, TransferEntry, TransferList
from intake.models.codes_field import as_codes
from intake.report.case_words import Accused, CaseWords
from intake.report.transfer_words import EntryWords, ListWords
from tests.intake.casework.transfers.list_world import (
    DAY,
    ORIGINAL,
    PHONE,
    REPORTER,
    SECRET,
    World,
    make_world,
)
from tests.making import INSIDE, make_clerk
from tests.staff_work import keyring_for

SIGNER, COMING = "钱演示", "孙演示"

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_all_of_them_or_none(world: World):
    good, bad = world.item(), world.item(nature=Nature.ACCUSATION, status=Status.TO_ASSESS)
    bad.round = world.intake.round
    with pytest.raises(CannotGather) as found:
        world.gather(good, bad)
    (line,) = found.value.lines
    assert "待研判" in line and "不接收“检举控告”" in line
    assert not TransferEntry.objects.exists() and not TransferList.objects.exists()
    row = world.gather(good)
    with pytest.raises(CannotGather) as found:
        world.gather(good)
    assert "另一份没有办完的清单" in found.value.lines[0]
    more = world.gather(world.item(), draft=row, receiver=None)
    assert (more.pk, more.entries.count(), more.version) == (row.pk, 2, 2)
    entry = row.entries.get(submission=good)
    gathering.take_out(row.pk, entry.pk, version=2, by=world.clerk, at=INSIDE)
    assert world.gather(good).pk != row.pk
    assert AuditEvent.objects.filter(action=Action.GATHER).count() == 3


def test_an_accused_body_never_receives(world: World):
    item = world.item(nature=Nature.ACCUSATION)
    bureau = Receiver.objects.create(
        kind=ReceiverKind.DEPARTMENT,
        name="岚台市教育局（演示）",
        takes=as_codes([Nature.ACCUSATION]),
    )
    keyring = keyring_for(world.clerk)
    words = CaseWords(accused=(Accused(name="某甲", body="市教育局（演示）"),))
    case_files.save(item, keyring, words=words, seen=Seen(0), by=world.clerk, at=INSIDE)
    with pytest.raises(CannotGather) as found:
        world.gather(item, receiver=bureau)
    assert "检举控告不能交给被反映的单位" in found.value.lines[0]


@pytest.mark.parametrize(
    "told",
    [
        {"subject": "市教育局（演示）王某"},
        {"place": "岚台市教育局（演示）"},
    ],
)
def test_nor_a_body_that_only_the_report_names(world: World, told: dict[str, Any]):
    """Nobody opened a case file."""
    item = world.item(nature=Nature.ACCUSATION, target=None, told=told)
    takes = as_codes([Nature.ACCUSATION])
    bureau, other = (
        Receiver.objects.create(kind=ReceiverKind.DEPARTMENT, name=name, takes=takes)
        for name in ("岚台市教育局（演示）", "岚台市水务局（演示）")
    )
    with pytest.raises(CannotGather) as found:
        world.gather(item, receiver=bureau)
    assert "检举控告不能交给被反映的单位" in found.value.lines[0]
    row = world.gather(item, receiver=other)
    # What became of the receiver meanwhile is looked at again, before each deed.
    TransferList.objects.filter(pk=row.pk).update(receiver=bureau)
    with pytest.raises(CannotWrite) as refused:
        world.write(row)
    assert "检举控告不能交给被反映的单位" in refused.value.sentences[""]


def test_who_may_gather_what(world: World):
    item, fixing = world.item(), world.item(status=Status.FIXING)
    desks = world.intake.desks
    team, other = (make_clerk(world.intake, desk) for desk in desks)
    with pytest.raises(PermissionDenied):
        world.gather(item, by=team)
    with pytest.raises(CannotGather, match="请先选信访件"):
        world.gather(fixing, by=other, kind=ListKind.FIX, receiver=None)
    with pytest.raises(CannotGather, match="请选接收单位"):
        world.gather(item, receiver=None)
    with pytest.raises(CannotGather, match="不是这个受理席"):
        world.gather(item, draft=world.gather(fixing, by=team, kind=ListKind.FIX, receiver=None))
    with pytest.raises(PermissionDenied):
        into = Into(ListKind.TRANSFER, world.receiver)
        gathering.gather([item.pk], into, keyring=keyring_for(team), by=team, at=INSIDE)


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ({"abstract": " "}, {"abstract": "请写摘要。"}),
        (
            {"abstract": f"据反映：{ORIGINAL}"},
            {"abstract": "摘要里有一大段是原文。请用自己的话改写，原文不移交。"},
        ),
        ({"remark": "长" * 201}, {"remark": "最多写 200 个字。"}),
        ({"remark": f"联系 {PHONE[:3]} {PHONE[3:]}"}, {"remark": "不附姓名和电话"}),
        ({"abstract": f"{REPORTER}反映占地"}, {"abstract": "不附姓名和电话"}),
        ({"abstract": f"{SIGNER}等人反映占地"}, {"abstract": "不附姓名和电话"}),
        ({"reason": f"{COMING}来访时说的"}, {"reason": "不附姓名和电话"}),
    ],
)
def test_an_abstract_is_rewritten_and_names_nobody(
    world: World, words: dict[str, str], sentences: dict[str, str]
):
    noted = {"signer_names": f"{REPORTER}、{SIGNER}", "representatives": COMING}
    row = world.gather(world.item(withhold=True, noted=noted))
    with pytest.raises(CannotWrite) as found:
        world.write(row, **words)
    assert found.value.sentences.keys() == sentences.keys()
    for name, sentence in sentences.items():
        assert sentence in found.value.sentences[name]


@pytest.mark.parametrize("withhold", [True, False])
def test_the_reporters_choice_is_honoured(world: World, withhold: bool):
    row = world.written(world.item(withhold=withhold))
    assert row.entries.get().without_identity is withhold


def test_what_clerks_write_stands_nowhere_in_clear(world: World):
    row = world.sent(world.item())
    world.do(row, Step.SIGN, signed_on=DAY, signer=f"{SECRET}签收人")
    world.do(row, Step.ANSWER, feedback_on=DAY, result=f"{SECRET}结果")
    row.refresh_from_db()
    keyring = keyring_for(world.clerk)
    secret = keyring.desk_secret(row.desk)
    assert secret and SECRET in abstracts.words_of(row.entries.get(), row, keyring).abstract
    assert SECRET not in repr(EntryWords(SECRET)) + repr(ListWords(SECRET)) + str(row)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for stored in cursor.fetchall():
                for value in stored:
                    shown = bytes(value) if isinstance(value, memoryview | bytes) else str(value)
                    clear = shown if isinstance(shown, bytes) else shown.encode()
                    assert SECRET.encode() not in clear, table
