"""The search of the staff's lists: what a clerk types finds what is meant."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inspection.loading.search_keys import search_key
from inspection.models import Round, Target
from intake.choices import Status, Way
from intake.models import Submission
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_box, make_clerk, make_intake
from tests.staff_work import send

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
TOWN, FIRM = "东昌府区梁水镇", "聊城市公共交通集团有限公司"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


def make_named_intake() -> Intake:
    """The first team inspects a town, the second one a firm."""
    intake = make_intake()
    for target, name, short in zip(
        intake.targets, (TOWN, FIRM), ("梁水镇", "公交集团"), strict=True
    ):
        target.name, target.short_names, target.county = name, [short], name[:4]
        target.search_key = search_key([name, short])
        target.save()
    return intake


def enter(intake: Intake) -> Client:
    return log_in(Client(), make_clerk(intake, intake.office))


def found(client: Client, typed: str, address: str = LIST) -> set[str]:
    response = client.get(address, {"q": typed})
    assert response.status_code == 200
    return {str(row.pk) for row in response.context["cl"].result_list}


def test_an_item_is_found_by_its_body_as_citizens_find_it():
    intake = make_named_intake()
    town, firm = (str(send(intake, target).pk) for target in intake.targets)
    client = enter(intake)
    for typed in ("梁水 镇", "梁水鎮", "粱水镇", "水梁镇", "梁水", "liangshuizehn", "ＬＳＺ"):
        assert found(client, typed) == {town}, typed
    for typed in ("公交公司", "公交", "公交集團", "聊城公交", "gongjiao", "公 交"):
        assert found(client, typed) == {firm}, typed
    for typed in ("红旗村", "教育局", "机动地", "？"):
        assert found(client, typed) == set(), typed


def test_an_item_is_found_by_its_number_and_its_round():
    intake = make_named_intake()
    Round.objects.filter(pk=intake.round.pk).update(ordinal=8)
    item = send(intake, intake.targets[0])
    send(intake, intake.targets[0])
    Submission.objects.filter(pk=item.pk).update(number=37, status="to_assess")
    client = enter(intake)
    for typed in ("37", "8—0037", "８－００３７", "第37号", "第三十七号", "8 - 37", "編號37"):
        assert found(client, typed) == {str(item.pk)}, typed
    for typed in ("7-0037", "38", "第37轮8号", "20370037"):
        assert found(client, typed) == set(), typed


def test_an_item_is_found_by_the_day_on_which_it_came():
    intake = make_named_intake()
    today = str(send(intake, intake.targets[0], at=INSIDE).pk)
    before = str(send(intake, intake.targets[0], at=INSIDE - timedelta(days=1)).pk)
    client = enter(intake)
    written = f"{INSIDE:%Y%m%d}"
    for typed in ("今天", "今 日", written, f"{INSIDE.month} 月 {INSIDE.day} 日"):
        assert found(client, typed) == {today}, typed
    assert found(client, "昨天") == {before}
    assert found(client, "前天") == found(client, "4月31日") == set()
    assert found(client, "今年") == {today, before}


def test_bodies_of_rounds_that_the_member_does_not_see_are_not_looked_through():
    intake, other = make_named_intake(), make_intake(slug="another", ordinal=9)
    Target.objects.filter(pk=other.targets[0].pk).update(name="粱水镇", short_names=[])
    theirs, mine = send(other, other.targets[0]), send(intake, intake.targets[0])
    client = enter(intake)
    assert found(client, "粱水镇") == {str(mine.pk)}
    assert str(theirs.pk) not in found(client, "今天")


def test_the_list_of_bodies_is_searched_by_the_same_rules():
    intake = make_named_intake()
    client = enter(intake)
    for typed in ("梁水 鎮", "粱水镇", "liangshuizehn"):
        expected = {str(intake.targets[0].pk)}
        assert found(client, typed, "/admin/inspection/target/") == expected, typed
    assert found(client, "公交公司", "/admin/inspection/target/") == {str(intake.targets[1].pk)}


def test_a_drop_box_is_found_by_its_body_and_by_its_place():
    intake = make_named_intake()
    box = make_box(intake.round, target=intake.targets[0], location="岚东县广场东侧")
    make_box(intake.round, location="岚东县车站")
    client = enter(intake)
    for typed in ("梁水鎮", "liangshui", "广场", "东侧"):
        assert found(client, typed, "/admin/inspection/dropbox/") == {str(box.pk)}, typed


def test_number_body_day_way_and_status_are_understood_in_one_box():
    intake = make_named_intake()
    before = INSIDE - timedelta(days=1)
    town, firms = intake.targets[0], intake.targets[1]
    letter = send(intake, town, at=INSIDE)
    call, firm = (send(intake, body, at=before) for body in (town, firms))
    registered = {"way": Way.LETTER, "number": 37, "status": Status.TO_ASSESS}
    Submission.objects.filter(pk=letter.pk).update(**registered)
    Submission.objects.filter(pk=call.pk).update(way=Way.PHONE)
    client = enter(intake)
    keys = {"letter": str(letter.pk), "call": str(call.pk), "firm": str(firm.pk)}
    wanted = {
        "来信": {"letter"},
        "來電": {"call"},
        "来信 来电": {"letter", "call"},
        "网络 昨天": {"firm"},
        "昨天": {"call", "firm"},
        "昨天 梁水镇": {"call"},
        "梁水 镇 来电": {"call"},
        "待登记 公交": {"firm"},
        "待研判": {"letter"},
        "待研判 梁水镇 来信": {"letter"},
        "了解": set(),
        "梁水镇 37": {"letter"},
        f"{before.month} 月 {before.day} 日 网络": {"firm"},
        "来信 昨天": set(),
        "来信 公交": set(),
        "来信 2月30日": set(),
    }
    for typed, names in wanted.items():
        assert found(client, typed) == {keys[name] for name in names}, typed
