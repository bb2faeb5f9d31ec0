"""What was noted of a letter or call is read on its page; a day without an hour shows none."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.registering.paper_lines import circumstances, reporters
from intake.choices import ReporterPurpose
from intake.models import ItemDigest, Submission
from intake.report.on_paper.paper_facts import PaperFacts
from tests.intake.admin.registering.filling_in import ADD, letter
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake
from tests.sending import text_of


def test_each_noted_fact_has_its_line():
    paper = PaperFacts(
        address="前王村三组",
        signer_names="甲、乙",
        origin_detail="市信访局",
        original_number="7号",
        started="09:05",
        ended="09:20",
        recorded="no",
        number_refused=True,
        representatives="丙",
        receivers="丁、戊",
        desk_reason="当面交来",
    )
    assert dict(circumstances(paper)) == {
        "来源细目": "市信访局",
        "来文编号": "7号",
        "通话": "09:05—09:20",
        "录音": "没有录音",
        "号码": "来电人不同意记",
        "接待人": "丁、戊",
        "不按建议分送的理由": "当面交来",
    }
    assert list(dict(reporters(paper)).values()) == ["前王村三组", "甲、乙", "丙"]
    assert not [*circumstances(PaperFacts()), *reporters(PaperFacts())]


@pytest.mark.django_db
def test_the_page_of_the_item_shows_them(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    client = log_in(Client(), make_clerk(intake, intake.office))
    call = letter(way="phone", subject="王德发", started="9:05", ended="9:20", recorded="yes")
    client.post(ADD, {**call, "_save": ""})
    # Before anybody opens it its repeats can be found.
    assert ItemDigest.objects.filter(submission__number=1).exists()
    text = text_of(client.get(Submission.objects.get().get_absolute_url()))
    assert "09:05—09:20" in text
    assert "4月15日 09:05 来电" in text
    client.post(ADD, letter(received_on="4-14", origin="superior", origin_detail="省委", _save=""))
    text = text_of(client.get(Submission.objects.get(number=2).get_absolute_url()))
    assert "省委" in text
    assert "4月14日 来信" in text
    named = letter(reporter_name="金丝雀", reporter_address="前王村三组", _save="")
    client.post(ADD, named)
    item = Submission.objects.get(number=3)
    text = text_of(client.get(item.get_absolute_url()))
    assert "金丝雀" not in text
    assert "前王村三组" not in text
    asked = {"reason": ReporterPurpose.values[0]}
    shown = text_of(client.post(f"/admin/intake/submission/{item.pk}/reporter/", asked))
    assert "金丝雀" in shown
    assert "前王村三组" in shown
    listed = text_of(client.get("/admin/intake/submission/"))
    assert "4月14日" in listed
    assert "00:00" not in listed
