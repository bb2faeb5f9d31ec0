"""Letters of a box stand under its opening with the number on them; what a batch keeps; PDFs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Sent
from pytest_django.fixtures import Settings

from intake.admin.registering.register_form import OPEN_FIRST
from intake.casework.proposing import Written
from intake.casework.proposing.own_people import (
    ABOUT_INSPECTORS,
    ABOUT_OFFICE,
    OF_THE_WEB,
    reminders,
)
from intake.choices import Action
from intake.models import AuditEvent, BoxOpening, Submission, WrittenDraft
from tests.intake.admin.registering.filling_in import ADD, a_box, an_opening, letter
from tests.intake.admin.registering.standing_office import Office, make_office
from tests.intake.report.evidence.evidence_corpus import pdf_with_script
from tests.making import INSIDE, make_intake
from tests.running.standing_world import standing_world
from tests.sending import text_of

pytestmark = pytest.mark.django_db


standing = standing_world(make_office, at=INSIDE)


@pytest.fixture
def office(standing: Callable[[], Office], settings: Settings) -> Office:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def refused(office: Office, **typed: Any) -> dict[str, list[str]]:
    answer = office.office.post(ADD, letter(way="box", **typed, subject="金丝雀", _save=""))
    assert answer.status_code == 422
    assert 'value="金丝雀"' in answer.content.decode()
    return dict(answer.context["form"].errors)


def test_a_letter_of_a_box_needs_its_opening(office: Office):
    box = a_box(office.intake)
    assert refused(office, drop_box=box.pk) == {"opening": [OPEN_FIRST]}
    # A team opens no boxes, and is told the same.
    answer = office.team.post(ADD, letter(way="box", drop_box=box.pk, _save=""))
    assert list(answer.context["form"].errors) == ["opening"]


def test_the_number_on_a_letter_is_one_of_its_opening_and_once_there(office: Office):
    opening = an_opening(office.intake, a_box(office.intake), count=3)
    words = {number: refused(office, opening=opening.pk, box_number=number) for number in (4, "x")}
    assert "1 号到 3 号" in words[4]["box_number"][0]
    assert "请写一个数字" in words["x"]["box_number"][0]
    assert "先选开箱记录" in refused(office, box_number=2, drop_box="")["box_number"][0]
    sent = letter(way="box", opening=opening.pk, box_number=1, _sheet="c" * 22, _addanother="")
    answer = office.office.post(ADD, sent)
    # The same sheet once more is the same letter; another sheet is not.
    assert office.office.post(ADD, sent).status_code == 302
    assert "1 号已经登记过" in refused(office, opening=opening.pk, box_number=1)["box_number"][0]
    item = Submission.objects.get()
    assert (item.opening, item.box_number) == (opening, 1)
    following = office.office.get(answer["Location"])
    assert following.context["form"]["box_number"].value() == 2
    assert following.context["form"].fields["target"].widget.attrs["autofocus"]
    office.office.post(ADD, letter(way="box", opening=opening.pk, box_number=2, _save=""))
    second = Submission.objects.get(box_number=2)
    page = office.office.get(f"/admin/intake/submission/{second.pk}/correcting/")
    typed = {"way": "box", "version": page.context["version"], "reason": "mistaken"}
    typed |= {"opening": opening.pk, "received_on": "2025-04-15"}
    wrong = office.office.post(page.request["PATH_INFO"], {**typed, "box_number": 1})
    assert "1 号已经登记过" in wrong.context["form"].errors["box_number"][0]
    right = office.office.post(page.request["PATH_INFO"], {**typed, "box_number": 3})
    assert right.status_code == 302
    told = AuditEvent.objects.get(action=Action.CORRECT_ITEM).detail
    assert (told["from_box_number"], told["box_number"]) == ("2", "3")
    assert "开箱编号" in text_of(office.office.get(second.get_absolute_url()))


def test_the_detail_of_the_origin_is_kept_for_the_batch_and_in_no_address(office: Office):
    passed_on = letter(origin="other_body", origin_detail="（演示）金丝雀清单")
    answer = office.office.post(ADD, {**passed_on, "_addanother": ""})
    assert "origin=other_body" in answer["Location"]
    assert "detail" not in answer["Location"]
    following = office.office.get(answer["Location"])
    assert following.context["form"]["origin_detail"].value() == "（演示）金丝雀清单"
    assert "金丝雀".encode() not in bytes(WrittenDraft.objects.get().sealed)
    # A letter of its own starts without it, and so does what nobody passed on.
    assert office.office.get(ADD).context["form"]["origin_detail"].value() is None
    answer = office.office.post(ADD, letter(_addanother=""))
    assert office.office.get(answer["Location"]).context["form"]["origin_detail"].value() is None
    assert not WrittenDraft.objects.exists()


def test_a_pdf_is_taken_before_saving_for_the_clerk_s_own_program(office: Office):
    sheet = {"_sheet": "d" * 22, "attachments": Sent("金丝雀.pdf", pdf_with_script())}
    put = office.office.post(f"{ADD}scans/", sheet)
    assert put.status_code == 200, text_of(put)
    address = put.content.decode().split('href="')[1].split('"')[0].split("?")[0]
    got = office.office.get(address)
    assert (got.status_code, got.getvalue()) == (200, pdf_with_script())
    assert got["Content-Disposition"].startswith("attachment")
    assert got["Content-Type"] == "application/octet-stream"
    assert "sandbox" in got["Content-Security-Policy"]
    assert office.team.get(address).status_code == 404


REMINDED: dict[str, tuple[str, str, list[str]]] = {
    "the office's head": ("巡察办主任李某", "", [ABOUT_OFFICE]),
    "an inspector": ("巡察组的张某", "", [ABOUT_INSPECTORS]),
    "an inspector in the words": ("", "巡察组副组长王建国收了钱。", [ABOUT_INSPECTORS]),
    "somebody told of before": ("村支书", "以前向巡察组反映过，村支书王建国收钱。", []),
    "nobody": ("", "路灯坏了。", []),
}


@pytest.mark.parametrize(("subject", "narrative", "words"), REMINDED.values(), ids=REMINDED)
def test_the_clerk_is_reminded_whom_it_accuses(subject: str, narrative: str, words: list[str]):
    assert reminders(Written(narrative, subject, "", ""), is_ticked=False) == words
    assert reminders(Written(narrative, subject, "", ""), is_ticked=True) in ([], [ABOUT_OFFICE])
    web = reminders(Written(narrative, subject, "", ""), is_ticked=False, is_web=True)
    assert web == ([OF_THE_WEB] if words else [])


def test_the_reminder_stands_with_the_proposed_desk(office: Office):
    page = office.office.post(f"{ADD}routing/", letter(subject="巡察办主任李某"))
    assert ABOUT_OFFICE in text_of(page)


def test_openings_of_other_rounds_are_not_offered(office: Office):
    other = make_intake()
    theirs = an_opening(other, a_box(other))
    assert theirs.opened_at < INSIDE + timedelta(days=1)
    assert office.office.get(f"{ADD}?way=box&opening={theirs.pk}").status_code == 400
    typed = letter(way="box", opening=theirs.pk, _save="")
    assert "opening" in office.office.post(ADD, typed).context["form"].errors
    assert BoxOpening.objects.count() == 1
