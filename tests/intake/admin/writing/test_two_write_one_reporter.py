"""Two clerks write one reporter: each field that both changed is decided, and nothing is lost."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.casework import case_files
from intake.models import StaffUser, Submission
from intake.report.case_words import Reporter
from tests.logging_in import log_in
from tests.making import make_clerk, make_intake
from tests.sending import text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="((?:reason|initial)[^"]*)" value="([^"]*)">')
FIRST = {"name": "甲", "phone": "", "address": "", "signers": "乙\n丙"}
SECOND = {"name": "丁", "phone": "", "address": "东街", "signers": ""}


def hidden_in(answer: Any) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(text_of(answer))}


def stands(clerk: StaffUser) -> Reporter:
    return case_files.open(Submission.objects.get(), keyring_for(clerk)).reporter


@pytest.mark.parametrize(("choice", "name"), [("mine", "丁"), ("theirs", "甲")])
def test_what_two_clerks_register_of_a_reporter_is_compared_and_decided(choice: str, name: str):
    intake = make_intake()
    item = send(intake, intake.targets[0])
    li, wang = (make_clerk(intake, intake.desks[0]) for _ in range(2))
    li_in, wang_in = log_in(Client(), li), log_in(Client(), wang)
    address = reverse("admin:intake_submission_reporter", args=[item.pk])
    save_at = reverse("admin:intake_submission_save_reporter", args=[item.pk])
    old = hidden_in(wang_in.post(address, {"reason": "asking"}))
    assert li_in.post(save_at, {**old, **FIRST}).status_code == 302
    # A form that is refused for its own errors knows as little of the colleague's as before.
    wrong = wang_in.post(save_at, {**old, **SECOND, "signers": "丁\n丁"})
    assert wrong.status_code == 422 and hidden_in(wrong) == old
    compared = wang_in.post(save_at, {**hidden_in(wrong), **SECOND})
    assert compared.status_code == 409
    page = text_of(compared)
    assert all(words in page for words in ("甲", "丁", "乙、丙", "东街"))
    assert re.findall(r'name="choose-(\w+)" value="mine"', page) == ["name"]
    # What Wang did not touch is as Li left it; so sending the form as it stands loses nothing.
    form = compared.context["sheet"].form
    again = {**hidden_in(compared), **{field.name: field.value() for field in form}}
    assert (again["name"], again["address"], again["signers"]) == ("丁", "东街", "乙\n丙")
    undecided = wang_in.post(save_at, again)
    assert undecided.status_code == 422 and "请选一份" in text_of(undecided)
    assert stands(li).name == "甲"
    decided = {**again, **hidden_in(undecided), "choose-name": choice}
    assert wang_in.post(save_at, decided).status_code == 302
    found = stands(li)
    assert (found.name, found.address, found.signers) == (name, "东街", ("乙", "丙"))
