"""What a person decides lies over what was read; the errors are looked for anew."""

from dataclasses import replace
from typing import Any

import pytest

from inspection.notice import Finding, Notice, Severity
from inspection.parsing import parse
from inspection.revising.applying import CHECKED, differing, revise
from inspection.revising.edits import Edits, place_in, place_json
from inspection.revising.revisable import FIELDS, Key, Thing, WrongValue, texts_of
from inspection.revising.things import notice_of_things, things_of
from tests.reading import DATA, NOTICE, PAGE, codes, invented

READ = parse(NOTICE)
TEAM, BODY = "县委第二巡察组", ("柳泉乡", "县委第二巡察组")
NAMES = sorted(path.stem for path in (DATA / "notices").glob("*.txt"))
# A value for each field that no notice of these has, as it is typed.
TYPED = {
    "accepts_until": "2026-05-01",
    "accepts_until_time": "17:30",
    "feedback": "yes",
    "hours": "每天 09:00—11:30、14:00—17:00",
    "includes_villages": "yes",
    "kind": "sms",
    "number": "77",
    "ordinal": "77",
    "out_of_scope": "body",
    "postmark": "no",
    "session": "77",
    "target": "柳泉乡",
    "team": TEAM,
}


def first(thing: Thing) -> Any:
    return next(one for one in things_of(READ) if one.thing is thing)


@pytest.mark.parametrize("text", [PAGE, *map(invented, NAMES)])
def test_the_things_give_the_notice_back(text: str):
    notice = parse(text)
    assert notice_of_things(notice, things_of(notice)) == notice
    assert revise(notice, Edits()).notice == notice
    keys = [(one.thing, one.key) for one in things_of(notice)]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("thing", "name"), [(t, f.name) for t in FIELDS for f in FIELDS[t]])
def test_every_field_can_be_corrected_and_is_kept(thing: Thing, name: str):
    found = first(thing)
    typed = "institution" if (thing, name) == (Thing.BODY, "kind") else TYPED.get(name, "（演示）")
    place = (thing, found.key)
    texts = {**texts_of(thing, found.values), name: typed}
    edits = Edits().put(*place, differing(place, found, texts))
    assert edits.changed == {place: {name: typed}}
    again = Edits.from_json(edits.to_json())
    assert again == edits
    now = revise(READ, again).at(place)
    assert now is not None and texts_of(thing, now.values)[name] == typed
    assert revise(READ, again.put(*place, {})).notice == READ


def test_what_is_renamed_is_meant_by_its_new_name():
    edits = Edits().put(Thing.TEAM, (TEAM,), {"name": "县委第三巡察组"})
    edits = edits.add(Thing.BOX, {"location": "（演示）", "team": TEAM, "target": "柳泉乡"})
    edits = edits.put(Thing.BODY, BODY, {"name": "柳泉镇"})
    now = revise(READ, edits).notice
    assert [team.name for team in now.teams] == ["县委第一巡察组", "县委第三巡察组"]
    assert now.teams[1].targets[0].name == "柳泉镇"
    assert (now.drop_boxes[-1].team, now.drop_boxes[-1].target) == ("县委第三巡察组", "柳泉镇")


def test_what_is_taken_away_and_added():
    edits = Edits().drop(Thing.BODY, BODY).add(Thing.BODY, {"name": "沙河镇", "kind": "town"})
    now = revise(READ, edits)
    assert [team.name for team in now.notice.teams] == ["县委第一巡察组", TEAM, None]
    assert now.notice.teams[2].targets[0].name == "沙河镇"
    assert {"team_without_targets", "team_unknown"} <= set(codes(now.notice))
    (added,) = edits.changed
    assert revise(READ, edits.keep(Thing.BODY, BODY).drop(*added)).notice == READ
    gone = Edits().drop(Thing.TEAM, (TEAM,))
    assert revise(READ, gone).notice.teams[1].name is None


def test_an_error_goes_with_what_it_was_about():
    doubled = parse(NOTICE.replace("\t柳泉乡", "\t青石镇"))
    assert "body_under_two_teams" in [one.code for one in doubled.errors]
    key: Key = ("青石镇", TEAM)
    now = revise(doubled, Edits().put(Thing.BODY, key, {"name": "柳泉乡"})).notice
    assert now.errors == () and now.drop_boxes[0].target == doubled.drop_boxes[0].target
    worse = Edits().add(Thing.BOX, {"number": "1", "location": "（演示）"})
    assert [one.code for one in revise(READ, worse).notice.errors] == ["box_number_twice"]


def test_an_error_of_another_kind_is_right_once_a_person_says_so():
    odd = replace(READ, findings=(Finding(Severity.ERROR, "unclear", "上午12时不清楚。", 9),))
    assert revise(odd, Edits().check("别的")).notice.errors == odd.findings
    now: Notice = revise(odd, Edits().check("上午12时不清楚。")).notice
    assert now.errors == () and now.findings[0].message.endswith(CHECKED)


@pytest.mark.parametrize(
    ("thing", "texts", "words"),
    [
        (Thing.TEAM, {"accepts_until": "6月20日"}, "日期要写成"),
        (Thing.BOX, {"number": "一"}, "要写成数字"),
        (Thing.BOX, {"location": " "}, "请写上位置"),
        (Thing.CONTACT, {"kind": "pigeon"}, "种类选得不对"),
        (Thing.CONTACT, {"hours": "白天"}, "接听时间要写成"),
        (Thing.CONTACT, {"hours": "工作日 25:00—26:00"}, "没有25:00"),
        (Thing.ROUND, {"accepts_until_time": "25:00"}, "时刻要写成"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(thing: Thing, texts: dict[str, str], words: str):
    with pytest.raises(WrongValue, match=words):
        differing((thing, ()), first(thing), texts)


def test_what_does_not_stand_there_any_more_is_told():
    edits = (
        Edits().put(Thing.BODY, ("沙河镇", TEAM), {"name": "沙河乡"}).drop(Thing.BOX, ("9", "x"))
    )
    assert revise(READ, edits).lost == ((Thing.BODY, ("沙河镇", TEAM)), (Thing.BOX, ("9", "x")))


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "{",
            "1",
            "[]",
            "[" * 9999,
            '[[["x",[],{}]],[],[]]',
            '[[["round",[],{"slug":"x"}]],[],[]]',
        ),
        *('[[["round",[],{"title":1}]],[],[]]', '[[],[["targets",[1]]],[]]', "[[],[],[1]]"),
    ],
)
def test_what_is_no_list_of_decisions_is_refused(typed: str):
    with pytest.raises(ValueError, match=r".+"):
        Edits.from_json(typed)
    assert place_in(typed) is None
    assert place_in(place_json(Thing.BODY, BODY)) == (Thing.BODY, BODY)
