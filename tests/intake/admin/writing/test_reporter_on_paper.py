"""Who reported on paper: what was mistyped when it came in is gone once a clerk corrected it."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from intake.casework import case_files
from intake.casework.together.item_facts import facts_of
from intake.choices import Way
from intake.models import AuditEvent, Submission
from intake.report.case_words import Reporter
from intake.report.draft import Report
from intake.report.on_paper.known_reporter import KnownReporter
from intake.report.on_paper.paper_facts import PaperFacts
from intake.sealing.unsealing import open_sealed
from tests.logging_in import log_in
from tests.making import make_clerk, make_intake
from tests.sending import text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

WRONG, RIGHT, PHONE = "赵误（演示）", "赵正（演示）", "13912345678"
NOTED = PaperFacts(signer_names="周误（演示）、周正（演示）", representatives="钱误（演示）")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@pytest.mark.parametrize("way", [Way.VISIT, Way.LETTER])
def test_a_mistyped_name_is_replaced_and_stands_nowhere_any_more(way: Way):
    intake = make_intake()
    told = {"reporter_name": WRONG, "reporter_phone": PHONE, "paper": NOTED}
    item = send(intake, intake.targets[0], identity="named", **told)
    Submission.objects.filter(pk=item.pk).update(way=way)
    clerk = make_clerk(intake, intake.desks[0])
    client = log_in(Client(), clerk)
    asked = client.post(
        reverse("admin:intake_submission_reporter", args=[item.pk]), {"reason": "asking"}
    )
    # What was noted stands in the fields, to be gone on from.
    form = asked.context["sheet"].form
    assert (form["name"].value(), form["phone"].value()) == (WRONG, PHONE)
    assert form["signers"].value() == "周误（演示）\n周正（演示）"
    assert ("representatives" in form.fields) == (way == Way.VISIT)
    sent = {name: html.unescape(value) for name, value in HIDDEN.findall(text_of(asked))}
    sent |= {"name": RIGHT, "phone": PHONE, "signers": "周正（演示）", "representatives": ""}
    save_at = reverse("admin:intake_submission_save_reporter", args=[item.pk])
    assert client.post(save_at, sent).status_code == 302
    item = Submission.objects.get(pk=item.pk)
    secret = intake.secrets[intake.desks[0].pk]
    report = Report.from_bytes(open_sealed(bytes(item.sealed), secret))
    known = KnownReporter.of(report, case_files.open(item, keyring_for(clerk)).reporter)
    assert known.told == (RIGHT, "周正（演示）", PHONE)
    assert facts_of(item, report, secret).signers == (RIGHT, "周正（演示）")
    again = client.post(
        reverse("admin:intake_submission_reporter", args=[item.pk]), {"reason": "asking"}
    )
    assert "误（演示）" not in text_of(again) and "登记以后更正过" in text_of(again)
    # Emptied, it is as if nobody had left a name.
    sent = {name: html.unescape(value) for name, value in HIDDEN.findall(text_of(again))}
    assert client.post(save_at, {**sent, "name": "", "phone": "", "signers": ""}).status_code == 302
    emptied = case_files.open(Submission.objects.get(), keyring_for(clerk)).reporter
    assert emptied == Reporter(replaces=True)
    assert "误" not in str(list(AuditEvent.objects.values("detail")))
