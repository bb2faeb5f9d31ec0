"""Notices become rows once; a person's correction outlives the next load."""

import json
from datetime import date, time

import pytest

from inspection.loading import CannotLoad, Outcome, StillInUse, load, read_notice
from inspection.loading.notice_of_rows import last_reading, notice_of
from inspection.models import ContactPoint, DropBox, Round, Target, Team
from inspection.parsing import parse
from inspection.schedule import DutyHours
from intake.sealing import sealing
from tests.making import make_desk
from tests.reading import DATA, NOTICE, PAGE, invented

pytestmark = pytest.mark.django_db
NAMES = ["beiyuan-province", "hexi-city", "landong-county"]


def load_text(text: str, *, update: bool = False, **settled: str) -> Outcome:
    notice, remembered = read_notice(text, settled)
    return load(notice, settled=remembered, update=update)


def everything() -> list[list[tuple[object, ...]]]:
    """All rows, to see that nothing was written."""
    models = (Round, Team, Target, ContactPoint, DropBox)
    return [list(model._default_manager.order_by("pk").values_list()) for model in models]


def test_loads_the_published_page():
    outcome = load_text(PAGE)

    assert (outcome.status, outcome.round.slug) == ("loaded", "liaocheng-14-8")
    assert Target.objects.count() == 16
    assert DropBox.objects.count() == 23
    assert outcome.round.accepts_until == date(2025, 6, 20)


@pytest.mark.parametrize("text", [PAGE, *map(invented, NAMES)], ids=["real", *NAMES])
def test_the_rows_give_the_notice_back(text: str):
    notice = parse(text)

    round_ = load(notice).round

    assert notice_of(Round.objects.get(pk=round_.pk)).to_json() == notice.to_json()


@pytest.mark.parametrize("text", [PAGE, *map(invented, NAMES)], ids=["real", *NAMES])
def test_loading_again_changes_nothing(text: str):
    load_text(text)
    before = everything()

    outcome = load_text(text, update=True)

    assert (outcome.status, outcome.changes, outcome.corrections) == ("unchanged", (), ())
    assert everything() == before


def test_boxes_point_to_bodies_and_teams():
    load_text(PAGE)

    box = DropBox.objects.select_related("target__team", "team").get(number=9)

    assert box.target is not None
    assert box.target.name == "山东众城保安服务有限公司"
    assert box.team == box.target.team


def test_a_phone_without_its_area_code_cannot_be_dialled():
    load_text(invented("hexi-city"))

    dialled = {row.value: str(row.phone or "") for row in ContactPoint.objects.filter(kind="phone")}

    assert dialled["3100002"] == ""


def test_a_real_area_code_is_dialled_as_a_chinese_number():
    load_text(PAGE)

    assert str(ContactPoint.objects.get(value="0635-8220719").phone.as_e164) == "+866358220719"


def test_a_phone_answered_round_the_clock_has_hours_that_a_rule_can_use():
    load_text(NOTICE.replace("工作日8:30—18:00", "每天24小时"))

    hours = ContactPoint.objects.get().duty_hours()

    assert hours == DutyHours(days="every_day", windows=((time(0), time(0)),))


def test_a_cutoff_within_the_day_is_kept():
    round_ = load_text(invented("landong-county")).round

    assert round_.accepts_until_time == time(18, 0)
    assert round_.accepts_from == date(2026, 3, 15)


def test_a_notice_without_a_last_day_accepts_as_long_as_the_round_may_run():
    round_ = load_text(invented("hexi-city")).round

    assert round_.accepts_until == date(2026, 1, 31)
    assert notice_of(round_).round.accepts_until is None


def test_a_team_keeps_the_dates_of_its_own():
    load_text(invented("beiyuan-province"))

    team = Team.objects.get(name="省委第三提级巡视组")

    assert team.accepts_until == date(2026, 12, 31)
    assert team.period_ends_last == date(2027, 1, 20)


def test_codes_are_short_ascii_and_stay():
    load_text(PAGE)
    before = dict(Target.objects.values_list("name", "code"))
    changed = PAGE.replace("东昌府区郑家镇、梁水镇", "东昌府区梁水镇、郑家镇")

    load_text(changed, update=True)

    assert dict(Target.objects.values_list("name", "code")) == before
    assert all(code.isascii() and code.islower() and len(code) <= 24 for code in before.values())


def test_a_changed_text_is_shown_and_not_applied():
    load_text(PAGE)
    before = everything()

    outcome = load_text(PAGE.replace("铜城街道办事处退役", "铜城街道办事处旧址退役"))

    assert outcome.status == "differs"
    assert (
        "举报箱 19 位置：东阿县铜城街道办事处退役军人服务站门口南侧"
        " → 东阿县铜城街道办事处旧址退役军人服务站门口南侧"
    ) in outcome.changes
    assert everything() == before


def test_a_changed_text_is_applied_when_asked():
    load_text(PAGE)

    outcome = load_text(PAGE.replace("6月20日", "6月25日"), update=True)

    assert outcome.status == "updated"
    assert Round.objects.get().accepts_until == date(2025, 6, 25)
    assert load_text(PAGE.replace("6月20日", "6月25日")).status == "unchanged"


def correct(number: int, location: str) -> None:
    DropBox.objects.filter(number=number).update(location=location)


def test_a_correction_is_listed_and_kept():
    load_text(PAGE)
    correct(14, "镇政府东门")

    outcome = load_text(PAGE, update=True)

    assert outcome.status == "unchanged"
    assert [line[:8] for line in outcome.corrections] == ["举报箱 14 位"]
    assert DropBox.objects.get(number=14).location == "镇政府东门"


def test_an_update_applies_the_text_and_keeps_the_correction():
    load_text(PAGE)
    correct(14, "镇政府东门")

    outcome = load_text(PAGE.replace("6月20日", "6月25日"), update=True)

    assert DropBox.objects.get(number=14).location == "镇政府东门"
    assert any("更正为镇政府东门" in line for line in outcome.corrections)
    assert Round.objects.get().accepts_until == date(2025, 6, 25)


def test_where_both_changed_the_correction_stays_and_is_named():
    load_text(PAGE)
    correct(19, "街道办西门")

    outcome = load_text(PAGE.replace("办事处退役", "办事处旧址退役"), update=True)

    assert [line.split("：")[0] for line in outcome.conflicts] == ["举报箱 19 位置"]
    assert DropBox.objects.get(number=19).location == "街道办西门"


def test_what_staff_added_and_removed_stays_so():
    round_ = load_text(PAGE).round
    DropBox.objects.filter(number=23).delete()
    ContactPoint.objects.create(round=round_, order=99, kind="web", value="https://a.example")

    outcome = load_text(PAGE.replace("6月20日", "6月25日"), update=True)

    assert not DropBox.objects.filter(number=23).exists()
    assert ContactPoint.objects.filter(kind="web").exists()
    assert len(outcome.corrections) == 2


def test_a_body_that_the_text_drops_is_removed():
    load_text(NOTICE)

    outcome = load_text(NOTICE.replace("县委第二巡察组\t柳泉乡\n", ""), update=True)

    assert "巡察对象 柳泉乡：删去" in outcome.changes
    assert list(Target.objects.values_list("name", flat=True)) == ["青石镇"]


def test_a_team_with_a_desk_is_not_removed():
    round_ = load_text(NOTICE).round
    make_desk(round_, round_.teams.get(name="县委第二巡察组"), sealing.new_identity())
    before = everything()

    with pytest.raises(StillInUse, match="受理席"):
        load_text(NOTICE.replace("县委第二巡察组\t柳泉乡\n", ""), update=True)

    assert everything() == before


def test_a_notice_with_errors_is_not_loaded():
    with pytest.raises(CannotLoad, match="年份"):
        load_text(invented("yunfu-no-year"))

    assert not Round.objects.exists()


def test_the_round_remembers_what_a_person_settled():
    load_text(invented("yunfu-no-year"), year="2026")

    outcome = load_text(invented("yunfu-no-year"))

    assert outcome.status == "unchanged"
    assert outcome.round.settled == {"year": "2026"}


def test_the_last_reading_survives_its_storage():
    notice = parse(PAGE)

    stored = last_reading(Round.objects.get(pk=load(notice).round.pk))

    assert stored == notice


def test_the_expected_facts_are_what_the_rows_publish():
    expected = json.loads((DATA / "liaocheng-expected.json").read_text("utf-8"))

    published = notice_of(load_text(PAGE).round).to_json()

    assert published["drop_boxes"] == expected["drop_boxes"]
