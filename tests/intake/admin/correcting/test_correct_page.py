"""更正登记: what may be set right, what follows, what the audit says, what is refused."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake import audit
from intake.casework import case_files
from intake.choices import Action, Origin, Status, Way
from intake.models import AuditEvent, Submission
from intake.report.draft import Report
from intake.sealing.unsealing import open_sealed
from tests.intake.admin.registering.filling_in import ADD, a_box, an_opening, letter
from tests.intake.admin.registering.standing_office import Office, make_office
from tests.making import INSIDE
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db


standing = standing_world(make_office, at=INSIDE)


@pytest.fixture
def office(standing: Callable[[], Office], settings: Settings) -> Office:
    settings.SIMULATED_NOW = datetime(2025, 6, 25, 9, 0, tzinfo=INSIDE.tzinfo)
    return standing()


def a_letter(office: Office, **typed: Any) -> Submission:
    values = {"target": office.intake.targets[0].code, "received_on": "2025-06-24", **typed}
    answer = office.office.post(ADD, letter(**values, _save=""))
    assert answer.status_code == 302, answer.context["form"].errors
    return Submission.objects.get()


def page_of(item: Submission) -> str:
    return f"/admin/intake/submission/{item.pk}/correcting/"


def filled_in(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the page."""
    form = page.context["form"]
    sent: dict[str, Any] = {"way": form.way.value, "version": page.context["version"]}
    for _words, fields in page.context["parts"]:
        for asked, field in fields:
            value = field.value()
            sent[asked.name] = "" if value in (None, False) else value
            if field.field.show_hidden_initial:
                sent[field.html_initial_name] = sent[asked.name]
    return {**sent, "reason": "mistaken", **changes}


def now(item: Submission) -> Submission:
    return Submission.objects.get(pk=item.pk)


def report_of(office: Office, item: Submission) -> Report:
    return Report.from_bytes(open_sealed(bytes(item.sealed), office.intake.secrets[item.desk_id]))


def the_event() -> AuditEvent:
    return AuditEvent.objects.get(action=Action.CORRECT_ITEM)


def test_dates_and_origin_are_set_right_with_what_follows_from_them(office: Office):
    item = a_letter(office, postmarked_on="2025-06-21", reporter_name="金丝雀甲")
    assert item.is_late
    page = office.team.get(page_of(item))
    assert "金丝雀甲" not in page.content.decode()
    sent = filled_in(page, received_on="2025-06-23", postmarked_on="2025-06-19", signers="3")
    answer = office.team.post(page_of(item), sent)
    assert (answer.status_code, answer["Location"]) == (302, item.get_absolute_url())
    stored = now(item)
    assert (stored.is_late, stored.postmarked_on, stored.signers) == (False, date(2025, 6, 19), 3)
    assert stored.version == item.version + 1
    assert (item.deadline_from, stored.deadline_from) == (date(2025, 6, 24), date(2025, 6, 23))
    event = the_event()
    assert event.detail == {
        "reason": "mistaken",
        "from_received": "2025-06-24 00:00",
        "received": "2025-06-23 00:00",
        "from_postmarked_on": "2025-06-21",
        "postmarked_on": "2025-06-19",
        "signers": "3",
        "from_is_late": "yes",
        "is_late": "no",
    }
    assert bytes(stored.sealed) == bytes(item.sealed)
    # Nothing but the event knows: what was chained is what stands.
    assert audit.verify().is_sound


def test_another_way_takes_its_own_facts_and_what_was_noted_is_sealed_anew(office: Office):
    item = a_letter(office, postmarked_on="2025-06-19", narrative="（演示）原话")
    page = office.team.get(page_of(item))
    call = office.team.post(page_of(item), filled_in(page, _way="phone"))
    assert call.status_code == 200 and call.context["form"].way is Way.PHONE
    sent = filled_in(
        call,
        started="09:05",
        ended="09:20",
        origin="other_body",
        origin_detail="金丝雀乙",
        words="（演示）金丝雀丙",
    )
    assert office.team.post(page_of(item), sent).status_code == 302
    stored = now(item)
    assert (stored.way, stored.origin, stored.postmarked_on) == (Way.PHONE, Origin.OTHER_BODY, None)
    assert stored.received_at.astimezone(INSIDE.tzinfo).hour == 9
    report = report_of(office, stored)
    assert (report.narrative, report.paper.ended) == ("（演示）原话", "09:20")
    assert report.paper.origin_detail == "金丝雀乙"
    assert set(the_event().detail["fields"].split(",")) == {"started", "ended", "origin_detail"}
    assert "金丝雀" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))
    notes = case_files.open(stored, keyring_for(office.teams_clerk)).words.notes
    assert notes[-1].words == "更正登记的理由：（演示）金丝雀丙"


def test_a_letter_of_a_box_goes_to_its_opening(office: Office):
    item = a_letter(office)
    opening = an_opening(office.intake, a_box(office.intake))
    page = office.office.post(page_of(item), {"_way": "box", "version": item.version})
    sent = filled_in(page, opening=opening.pk, drop_box="", received_on="2025-06-24")
    assert office.office.post(page_of(item), sent).status_code == 302
    stored = now(item)
    assert (stored.way, stored.opening, stored.drop_box) == (Way.BOX, opening, opening.drop_box)
    # The team, which sees no openings, keeps it.
    again = office.team.get(page_of(item))
    assert again.context["form"]["opening"].value() == opening.pk
    office.team.post(page_of(item), filled_in(again, received_on="2025-06-23"))
    assert now(item).opening == opening


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "no reason": ({"reason": ""}, "reason", "请选一条理由"),
    "another reason unsaid": ({"reason": "other"}, "words", "请写明"),
    "a day to come": ({"received_on": "2025-06-26"}, "received_on", "还没有到"),
    "a postmark to come": ({"postmarked_on": "2025-06-26"}, "postmarked_on", "还没有到"),
    "dates in the wrong order": (
        {"received_on": "2025-06-20", "postmarked_on": "2025-06-21"},
        "postmarked_on",
        "晚于收件日期",
    ),
    "no day": ({"received_on": ""}, "received_on", "请填写收件日期"),
    "no such body": ({"target": "火星镇"}, "target", "名单上没有这个单位"),
    "a detail of nobody": ({"origin_detail": "金丝雀"}, "origin_detail", "没有这一项"),
    "what a letter has not": ({"people": "3"}, "people", "没有这一项"),
    "a letter sent by web": ({"way": "web"}, "", ""),
}


@pytest.mark.parametrize(("typed", "field", "sentence"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    office: Office, typed: dict[str, Any], field: str, sentence: str
):
    item = a_letter(office)
    sent = filled_in(office.team.get(page_of(item)), **{"place": "金丝雀村", **typed})
    answer = office.team.post(page_of(item), sent)
    assert now(item).version == item.version
    if not field:
        assert answer.status_code == 400
        return
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert sentence in str(answer.context["form"].errors[field])
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert 'value="金丝雀村"' in answer.content.decode()


def test_a_body_of_another_team_leads_to_sending_it_there(office: Office):
    item = a_letter(office)
    for client, words in ((office.office, "到信访件上改派"), (office.team, "退回改派")):
        page = client.get(page_of(item))
        theirs = filled_in(page, target=office.intake.targets[1].name)
        answer = client.post(page_of(item), theirs)
        assert answer.status_code == 422
        assert "要改派" in str(answer.context["form"].errors["target"])
        assert words in text_of(answer)
    assert now(item).target == office.intake.targets[0]
    emptied = filled_in(office.team.get(page_of(item)), target="")
    assert office.team.post(page_of(item), emptied).status_code == 302
    assert now(item).target is None
    assert the_event().detail["from_target"] == office.intake.targets[0].code


def test_a_stale_form_is_told_field_by_field_and_pressed_again_it_counts(office: Office):
    item = a_letter(office)
    old = office.team.get(page_of(item))
    theirs = filled_in(office.office.get(page_of(item)), postmarked_on="2025-06-18", signers="4")
    assert office.office.post(page_of(item), theirs).status_code == 302
    answer = office.team.post(page_of(item), filled_in(old, postmarked_on="2025-06-19"))
    assert answer.status_code == 409
    assert answer.context["differences"] == [("邮戳日期", "2025-06-18", "2025-06-19")]
    again = office.team.post(page_of(item), filled_in(answer))
    assert again.status_code == 302
    assert (now(item).postmarked_on, now(item).signers) == (date(2025, 6, 19), 4)
    same = office.team.post(page_of(item), filled_in(office.team.get(page_of(item))))
    assert same.status_code == 302
    assert AuditEvent.objects.filter(action=Action.CORRECT_ITEM).count() == 2


@pytest.mark.parametrize("status", [Status.VOIDED, Status.TRANSFERRED, Status.CLOSED])
def test_what_has_left_or_is_done_with_stays(office: Office, status: Status):
    item = a_letter(office)
    sent = filled_in(office.team.get(page_of(item)), signers="9")
    handled = {Status.TRANSFERRED: "transfer", Status.CLOSED: "inquire"}.get(status, "")
    closed = INSIDE if status == Status.CLOSED else None
    Submission.objects.update(status=status, handled_as=handled, closed_at=closed)
    answer = office.team.post(page_of(item), sent)
    assert (answer.status_code, now(item).signers) == (302, 0)
    assert "更正登记" not in office.team.get(item.get_absolute_url()).content.decode()


def test_of_a_web_report_only_the_body_and_the_signers_are_a_clerk_s_to_say(
    office: Office, settings: Any
):
    settings.SIMULATED_NOW = INSIDE
    item = send(office.intake, office.intake.targets[0])
    assert office.team.get(page_of(item)).status_code == 302
    office.team.post(f"/admin/intake/submission/{item.pk}/registering/")
    page = office.team.get(page_of(item))
    assert [asked.name for _words, fields in page.context["parts"] for asked, _ in fields] == [
        "target",
        "signers",
    ]
    sent = filled_in(page, target="", signers="4", way="letter")
    answer = office.team.post(page_of(item), sent)
    assert answer.status_code == 302
    stored = now(item)
    assert (stored.way, stored.target, stored.is_late) == (Way.WEB, None, False)
    assert stored.signers == 4 and the_event().detail["signers"] == "4"
    assert bytes(stored.sealed) == bytes(item.sealed)


def test_what_is_being_typed_comes_back_and_a_lost_session_loses_nothing(office: Office):
    item = a_letter(office)
    sent = filled_in(office.team.get(page_of(item)), place="金丝雀村")
    assert office.team.post(f"/admin/written/correct:{item.pk}/", sent).status_code == 200
    # Until it is decided, nothing is kept over it, and saving something else leaves it there.
    page = office.team.get(page_of(item))
    other = filled_in(page, place="别处", _undecided="1")
    for shown in (page, office.team.post(page_of(item), other | {"reason": ""})):
        assert "放回去" in text_of(shown)
        assert 'name="_undecided"' in text_of(shown) and "data-written=" not in text_of(shown)
    back = office.team.post(page_of(item), {"_put_back": "1"})
    assert (back.status_code, back.context["version"]) == (200, item.version)
    assert 'value="金丝雀村"' in back.content.decode()
    assert "data-written=" in text_of(back)
    assert office.team.post(page_of(item), other).status_code == 302
    assert "放回去" in text_of(office.team.get(page_of(item)))
    lost = Client().post(page_of(item), sent)
    assert (lost.status_code, "金丝雀村" in lost.content.decode()) == (403, True)
