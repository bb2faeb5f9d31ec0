"""A web report's registration is a form: what it stores, refuses and gives back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.web_registration.web_fields import WEB_ASKED
from intake.casework import case_files
from intake.casework.figures.conditions import FACETS
from intake.casework.ledger import column_values
from intake.casework.ledger.ledger_item import LedgerItem
from intake.choices import Action, Category, Nature, Rank, Status
from intake.models import AuditEvent, Submission
from intake.report.draft import Report
from intake.sealing.unsealing import open_sealed
from tests.intake.admin.registering.standing_office import Office, make_office
from tests.making import INSIDE
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db
WORDS = "（演示）村支书王建国收了承包人的钱，把机动地低价包给亲戚，还公款吃喝。"


standing = standing_world(make_office, at=INSIDE)


@pytest.fixture
def office(standing: Callable[[], Office], settings: Settings) -> Office:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def a_report(office: Office, target: int | None = 0, **draft: Any) -> Submission:
    body = office.intake.targets[target] if target is not None else None
    return send(office.intake, body, **{"narrative": WORDS, **draft})


def page_of(item: Submission) -> str:
    return f"/admin/intake/submission/{item.pk}/registering/"


def filled_in(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the page."""
    sheet = page.context["sheet"]
    sent: dict[str, Any] = {"version": sheet.version, "initial-version": sheet.case_version}
    for field in sheet.form:
        value = field.value()
        shown = [] if value in (None, "", False) else value
        for name in (field.html_name, field.html_initial_name):
            sent[name] = shown
    for row in (sheet.rows.management_form, *sheet.rows.forms):
        sent |= {one.html_name: _sent(one.value()) for one in row if one.name != "DELETE"}
    return {**sent, **changes}


def _sent(value: Any) -> Any:
    return "" if value is None else value


def now(item: Submission) -> Submission:
    return Submission.objects.get(pk=item.pk)


def test_the_page_has_every_field_of_the_table_and_is_filled_in(office: Office):
    item = a_report(office, category="land")
    page = office.office.get(page_of(item))
    shown = [
        asked.name
        for _words, fields in page.context["sheet"].form.parts()
        for asked, _field in fields
    ]
    assert shown == [asked.name for asked in WEB_ASKED]
    form = page.context["sheet"].form
    assert page.context["reminders"] == []
    assert form["target"].value() == office.intake.targets[0].name
    assert form["category"].value() == "land"
    assert "category:" not in str([offer.key for offer in page.context["offers"]])
    team = office.team.get(page_of(item))
    assert "desk" not in team.context["sheet"].form.fields


def test_what_the_clerk_writes_is_stored_and_the_report_stays(office: Office):
    item = a_report(office, subject="村支书")
    page = office.team.get(page_of(item))
    sent = filled_in(
        page,
        nature="accusation",
        rank="",
        category="bribes",
        abstract="（演示）金丝雀摘要",
        **{"accused-0-name": "王建国", "accused-0-rank": "village", "accused-1-name": "李某"},
        main="0",
        _save="",
    )
    answer = office.team.post(page_of(item), sent)
    assert (answer.status_code, answer["Location"]) == (302, item.get_absolute_url())
    stored = now(item)
    assert (stored.number, stored.status) == (1, Status.TO_ASSESS)
    assert (stored.nature, stored.rank) == (Nature.ACCUSATION, Rank.VILLAGE)
    assert stored.category == Category.BRIBES
    assert bytes(stored.sealed) == bytes(item.sealed)
    words = case_files.open(stored, keyring_for(office.teams_clerk)).words
    assert [one.name for one in words.accused] == ["王建国", "李某"]
    assert words.abstract == "（演示）金丝雀摘要"
    told = [event.detail for event in AuditEvent.objects.filter(object_id=str(item.pk))]
    assert "金丝雀" not in str(told) and "王建国" not in str(told)
    corrected = AuditEvent.objects.get(action=Action.CORRECT_ITEM)
    assert corrected.detail == {"reason": "checked", "category": "bribes"}


def test_a_report_that_several_signed_counts_as_joint(office: Office):
    """In the figures, in the ledger, and for who wrote it down meanwhile."""
    item = a_report(office)
    page = office.team.get(page_of(item))
    refused = office.team.post(page_of(item), filled_in(page, signers="-6", _save=""))
    assert "不能是负的" in str(refused.context["sheet"].form.errors["signers"])
    sent = filled_in(page, signers="6", _save="")
    assert office.team.post(page_of(item), sent).status_code == 302
    stored = now(item)
    assert (stored.number, stored.signers) == (1, 6)
    assert AuditEvent.objects.get(action=Action.CORRECT_ITEM).detail["signers"] == "6"
    joint = FACETS["joint"].conditions["yes"].finds()
    assert Submission.objects.filter(joint).get() == stored
    assert column_values.signers(LedgerItem(stored)) == 6
    stale = office.office.post(page_of(item), filled_in(page, signers="7", _save=""))
    differing = {label: (theirs, own) for label, theirs, own in stale.context["differences"]}
    assert stale.status_code == 409 and differing["联名人数"] == ("6", "7")


def test_a_tick_goes_into_its_field_before_saving_or_with_it(office: Office):
    item = a_report(office, narrative="（演示）村支书王建国收了承包人的红包，还公款吃喝。")
    page = office.team.get(page_of(item))
    ticks = ["accused:0", "nature:accusation", "category:bribes", "topics:eight_rules"]
    assert set(ticks) <= {offer.key for offer in page.context["offers"]}
    shown = office.team.post(page_of(item), filled_in(page, accept=ticks, _take_over="1"))
    assert shown.status_code == 200 and now(item).number is None
    sheet = shown.context["sheet"]
    assert sheet.form["nature"].value() == "accusation"
    assert sheet.form["category"].value() == "bribes"
    assert sheet.form["topics"].value() == ["eight_rules"]
    assert sheet.rows.forms[0]["name"].value() == "王建国"
    against = filled_in(page, accept=["nature:accusation"], nature="appeal", _save="")
    refused = office.team.post(page_of(item), against)
    assert refused.status_code == 422
    assert "请只留一个" in str(refused.context["sheet"].form.errors["nature"])


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "no such body": ({"target": "火星镇"}, "target", "名单上没有这个单位"),
    "no such nature": ({"nature": "mars"}, "nature", "选择"),
    "an abstract too long": ({"abstract": "长" * 4001}, "abstract", "4000"),
    "no reason for another desk": ({"desk": "1"}, "desk_reason", "请写下理由"),
    "one person twice": (
        {"accused-0-name": "王建国", "accused-1-name": "王建国"},
        "",
        "前面已经写过一次",
    ),
}


@pytest.mark.parametrize(("typed", "field", "sentence"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    office: Office, typed: dict[str, Any], field: str, sentence: str
):
    item = a_report(office)
    if "desk" in typed:
        typed = {"desk": str(office.intake.desks[1].pk)}
    page = office.office.get(page_of(item))
    sent = {"abstract": "金丝雀", **typed, "accused-2-name": "李某", "accused-TOTAL_FORMS": "3"}
    answer = office.office.post(page_of(item), filled_in(page, **sent, _save=""))
    assert answer.status_code == 422
    assert now(item).number is None
    sheet, shown = answer.context["sheet"], answer.content.decode()
    if field:
        assert list(sheet.form.errors) == [field]
        assert f'id="id_{field}_error"' in shown
    assert sentence in text_of(answer)
    assert 'value="李某"' in shown
    assert "abstract" in typed or "金丝雀" in shown


def test_another_team_s_body_sends_it_there_or_is_said_to_who_may_not(office: Office):
    item = a_report(office)
    theirs = office.intake.targets[1]
    look = office.office.post(f"{page_of(item)}routing/", {"target": theirs.name})
    assert str(office.intake.desks[1]) in text_of(look)
    refused = office.team.post(
        page_of(item), filled_in(office.team.get(page_of(item)), target=theirs.name)
    )
    assert "退回改派" in str(refused.context["sheet"].form.errors["target"])
    page = office.office.get(page_of(item))
    unsaid = office.office.post(page_of(item), filled_in(page, target=theirs.name, _save=""))
    assert "为什么改派" in str(unsaid.context["sheet"].form.errors["desk_reason"])
    said = {"target": theirs.name, "desk_reason": "（演示）金丝雀"}
    answer = office.office.post(page_of(item), filled_in(page, **said, _save=""))
    assert answer.status_code == 302
    stored = now(item)
    assert (stored.desk, stored.target, stored.number) == (office.intake.desks[1], theirs, 1)
    secret = office.intake.secrets[office.intake.desks[1].pk]
    assert Report.from_bytes(open_sealed(bytes(stored.sealed), secret)).narrative == WORDS
    assert office.team.get(page_of(item)).status_code == 404


def test_what_the_office_sends_to_the_body_s_team_needs_no_words_of_the_clerk(office: Office):
    """分送: the reason is the routing's, and goes sealed with the item."""
    item, theirs = a_report(office, None), office.intake.targets[0]
    page = office.office.get(page_of(item))
    sent = filled_in(page, target=theirs.name, _save="")
    assert office.office.post(page_of(item), sent).status_code == 302
    stored = now(item)
    assert (stored.desk, stored.target) == (office.intake.desks[0], theirs)
    notes = case_files.open(stored, keyring_for(office.teams_clerk)).words.notes
    assert notes[-1].words == "改派理由：按所选单位分送"


def test_the_clerk_s_own_desk_needs_a_reason_that_is_sealed(office: Office):
    item = a_report(office, None)
    page = office.office.get(page_of(item))
    desk = office.intake.desks[0].pk
    sent = filled_in(page, desk=desk, desk_reason="（演示）金丝雀", _save="")
    assert office.office.post(page_of(item), sent).status_code == 302
    stored = now(item)
    assert stored.desk_id == desk
    notes = case_files.open(stored, keyring_for(office.teams_clerk)).words.notes
    assert "金丝雀" in notes[-1].words
    assert "金丝雀" not in stored.route_reason


def test_one_after_another_until_none_waits(office: Office):
    first, second = a_report(office), a_report(office)
    answer = office.team.post(
        page_of(first), filled_in(office.team.get(page_of(first)), _addanother="")
    )
    assert answer["Location"] == f"{page_of(second)}?last={first.pk}"
    following = office.team.get(answer["Location"])
    assert 'id="registered-number">1-0001<' in following.content.decode()
    answer = office.team.post(page_of(second), filled_in(following, _addanother=""))
    assert answer["Location"] == second.get_absolute_url()
    assert office.team.get(f"{page_of(second)}?desk=1").status_code == 400


def test_a_stale_form_is_told_field_by_field_and_pressed_again_it_counts(office: Office):
    item = a_report(office)
    old = office.team.get(page_of(item))
    theirs = filled_in(office.office.get(page_of(item)), nature="appeal", rank="town", _save="")
    office.office.post(page_of(item), theirs)
    mine = filled_in(old, nature="accusation", abstract="（演示）我写的", _save="")
    answer = office.team.post(page_of(item), mine)
    assert answer.status_code == 409
    differing = {label: (now_, own) for label, now_, own in answer.context["differences"]}
    assert differing["信访件性质"] == ("申诉", "检举控告")
    assert differing["内容摘要"] == ("", "（演示）我写的")
    # What was not touched here is as the other left it.
    assert "职级" not in differing
    again = office.team.post(page_of(item), filled_in(answer, _save=""))
    assert again.status_code == 302
    assert (now(item).nature, now(item).rank, now(item).number) == ("accusation", "town", 1)
    # The same sheet once more is the same registration.
    assert office.team.post(page_of(item), mine | {"rank": "town"}).status_code == 302


def test_what_is_being_typed_comes_back_and_a_lost_session_loses_nothing(office: Office):
    item = a_report(office)
    sent = filled_in(office.team.get(page_of(item)), abstract="金丝雀", nature="appeal")
    assert office.team.post(f"/admin/written/web:{item.pk}/", sent).status_code == 200
    page = office.team.get(page_of(item))
    # Until it is decided, nothing is kept over it.
    other = filled_in(page, abstract="长" * 4001, _undecided="1", _save="")
    for shown in (page, office.team.post(page_of(item), other)):
        assert "放回去" in text_of(shown)
        assert 'name="_undecided"' in text_of(shown) and "data-written=" not in text_of(shown)
    back = office.team.post(page_of(item), {"_put_back": "1"})
    assert "data-written=" in text_of(back)
    assert back.status_code == 200
    assert "金丝雀" in back.content.decode()
    assert back.context["sheet"].form["nature"].value() == "appeal"
    lost = Client().post(page_of(item), sent)
    assert (lost.status_code, "金丝雀" in lost.content.decode()) == (403, True)
    assert now(item).number is None
