"""A notice loaded again after staff renamed a team or a body: the text follows the row."""

import pytest

from inspection.loading import CannotLoad, Outcome, load, read_notice
from inspection.models import ContactPoint, DropBox, Round, Target, Team
from tests.reading import NOTICE, PAGE, invented

pytestmark = pytest.mark.django_db
PUBLISHED, RENAMED = "市县统筹第一巡察组", "市县统筹第1巡察组"
WITH_PHONE = PAGE.replace("(工作日8:30—18:00)", f"(工作日8:30—18:00)\n{PUBLISHED}电话:0635-8220001")
TOWN = "东昌府区郑家镇"
WITH_TOWN = PAGE.replace("梁水镇及部分", "梁水镇、斗虎屯镇及部分")
WITH_BOX = PAGE.replace("\n\n微信公众号", "\n24. 东昌府区郑家镇便民服务中心门口\n\n微信公众号")


def load_text(text: str, *, update: bool = False) -> Outcome:
    notice, remembered = read_notice(text, {})
    return load(notice, settled=remembered, update=update)


def rename_team(before: str = PUBLISHED, after: str = RENAMED) -> None:
    Team.objects.filter(name=before).update(name=after)


def rename_body(before: str, after: str) -> None:
    Target.objects.filter(name=before).update(name=after)


def test_a_rename_alone_is_one_correction_and_changes_nothing():
    load_text(PAGE)
    rename_team()

    outcome = load_text(PAGE, update=True)

    assert (outcome.status, outcome.conflicts) == ("unchanged", ())
    assert outcome.corrections == (f"巡察组 {PUBLISHED}：更正为{RENAMED}",)


@pytest.mark.parametrize("updates", [1, 2])
def test_a_new_body_goes_to_the_renamed_team(updates: int):
    load_text(PAGE)
    rename_team()

    for _ in range(updates):
        load_text(WITH_TOWN, update=True)

    team = Team.objects.get(name=RENAMED)
    assert [body.name for body in team.targets.all()] == [
        TOWN,
        "东昌府区梁水镇",
        "东昌府区斗虎屯镇",
    ]
    assert not Team.objects.filter(name=PUBLISHED).exists()
    assert Team.objects.count() == 7


def test_a_new_contact_goes_to_the_renamed_team():
    load_text(PAGE)
    rename_team()

    outcome = load_text(WITH_PHONE, update=True)

    contact = ContactPoint.objects.select_related("team").get(value="0635-8220001")
    assert contact.team is not None
    assert contact.team.name == RENAMED
    assert any("0635-8220001：新增" in line for line in outcome.changes)


def test_a_contact_of_the_renamed_team_stays_the_same_row():
    load_text(WITH_PHONE)
    before = ContactPoint.objects.get(value="0635-8220001").pk
    rename_team()

    load_text(WITH_PHONE.replace("6月20日", "6月25日"), update=True)

    contact = ContactPoint.objects.select_related("team").get(value="0635-8220001")
    assert (contact.pk, str(contact.team)) == (before, RENAMED)


def test_a_new_box_goes_to_the_renamed_team():
    load_text(PAGE)
    rename_team()

    load_text(WITH_BOX, update=True)

    box = DropBox.objects.select_related("team", "target").get(number=24)
    assert (str(box.team), str(box.target)) == (RENAMED, TOWN)


def test_a_new_box_before_the_door_of_a_renamed_body_points_to_it():
    load_text(PAGE)
    rename_team()
    rename_body(TOWN, "郑家镇（含园区）")

    outcome = load_text(WITH_BOX, update=True)

    box = DropBox.objects.select_related("team", "target").get(number=24)
    assert (str(box.team), str(box.target)) == (RENAMED, "郑家镇（含园区）")
    assert f"巡察对象 {TOWN}：更正为郑家镇（含园区）" in outcome.corrections
    assert Target.objects.count() == 16


def test_a_team_is_known_by_its_bodies_though_all_are_renamed_too():
    load_text(PAGE)
    rename_team()
    rename_body(TOWN, "郑家")
    rename_body("东昌府区梁水镇", "梁水")

    load_text(WITH_TOWN, update=True)

    assert Target.objects.get(name="东昌府区斗虎屯镇").team.name == RENAMED


def test_a_new_body_without_a_team_goes_to_the_team_that_staff_named():
    text = invented("jiangdong-no-teams")
    load_text(text)
    rename_team("", "第一巡察组")

    load_text(
        text.replace("区自来水公司党总支等", "区民政局党组、区自来水公司党总支等"), update=True
    )

    teams = Target.objects.values_list("team__name", flat=True)
    assert (len(teams), set(teams)) == (4, {"第一巡察组"})


def test_a_team_that_holds_nothing_is_known_by_its_place():
    bare = NOTICE.replace("\t柳泉乡", "\t").replace("2. 柳泉乡政府", "2. 县政府")
    load_text(bare)
    rename_team("县委第二巡察组", "县委第2巡察组")

    load_text(bare.replace("巡察组\t\n", "巡察组\t柳泉乡\n"), update=True)

    assert Target.objects.get(name="柳泉乡").team.name == "县委第2巡察组"


def test_a_text_that_takes_over_the_new_name_agrees_with_it():
    load_text(PAGE)
    rename_team("市委第三授权巡察组", "市委第三专项巡察组")

    outcome = load_text(PAGE.replace("市委第三授权", "市委第三专项"), update=True)

    assert outcome.corrections == ()
    assert Team.objects.filter(name="市委第三专项巡察组").exists()
    assert Team.objects.count() == 7


def test_a_renamed_team_that_the_text_drops_is_kept():
    load_text(NOTICE)
    rename_team("县委第二巡察组", "县委第2巡察组")

    load_text(NOTICE.replace("县委第二巡察组\t柳泉乡\n", ""), update=True)

    assert Team.objects.filter(name="县委第2巡察组").exists()


def test_a_team_that_was_emptied_before_it_was_renamed_cannot_be_told():
    load_text(PAGE)
    rename_team()
    other = Team.objects.get(name="市县统筹第二巡察组")
    Target.objects.filter(team__name=RENAMED).update(team=other)
    DropBox.objects.filter(team__name=RENAMED).update(team=other)

    with pytest.raises(CannotLoad, match=f"斗虎屯镇”属于“{PUBLISHED}”"):
        load_text(WITH_TOWN, update=True)

    assert not Target.objects.filter(name="东昌府区斗虎屯镇").exists()
    assert Round.objects.get().source_text == load_text(PAGE).round.source_text


def test_a_new_box_of_a_body_that_staff_removed_is_refused():
    load_text(PAGE)
    DropBox.objects.filter(target__name=TOWN).update(target=None)
    Target.objects.filter(name=TOWN).delete()

    with pytest.raises(CannotLoad, match=f"举报箱 24”属于“{TOWN}”"):
        load_text(WITH_BOX, update=True)

    assert not DropBox.objects.filter(number=24).exists()


def test_a_contact_of_a_team_whose_name_was_taken_away_keeps_its_team():
    load_text(WITH_PHONE)
    rename_team(after="")

    load_text(WITH_PHONE.replace("6月20日", "6月25日"), update=True)

    contact = ContactPoint.objects.select_related("team").get(value="0635-8220001")
    assert contact.team is not None
    assert contact.team.name == ""
