"""A clerk reads the clocks beside the letter, stops one for a reason and lets it go on."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.casework.registering import register
from intake.choices import Action
from intake.choices.deadline_lists import RuleCode
from intake.models import AuditEvent, DeadlinePause, DeadlineRule, Submission
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake, record_what_was_made
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

REASON = "（演示）等反映人补充合同"
RULES = "/admin/intake/deadlinerule/"
FIXED = ("registering", "objection", "feedback", "sealed_matter")


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE + timedelta(days=5)
    return make_intake()


def item_of(intake: Intake) -> Submission:
    item = send(intake, intake.targets[0])
    register([item], by=make_clerk(intake, intake.desks[0]), at=INSIDE)
    return Submission.objects.get(pk=item.pk)


def address_of(item: Submission, page: str) -> str:
    return f"/admin/intake/submission/{item.pk}/{page}/"


def test_the_page_says_until_when_and_why_and_takes_a_pause(intake: Intake):
    item, clerk = item_of(intake), make_clerk(intake, intake.desks[0])
    client = log_in(Client(), clerk)
    page = text_of(client.get(address_of(item, "change")))
    assert "到2025年4月30日（周三）为止，还有 10 天（9 个工作日）。" in page
    assert "从收件（2025年4月15日）起15日，当天不算。" in page
    sent = {"rule": "pass_on", "reason": REASON}
    page = text_of(client.post(address_of(item, "pause"), sent, follow=True))
    assert "期限已暂停，今天起不算，已留痕。" in page
    assert f"暂停“甄别转送”：{REASON}" in page
    assert "已暂停，从4月20日（周日）起不算。" in page
    assert not AuditEvent.objects.filter(detail__icontains="补充合同").exists()
    page = text_of(client.post(address_of(item, "resume"), sent, follow=True))
    assert "期限已恢复，今天起继续算，已留痕。" in page
    assert [row.until for row in DeadlinePause.objects.all()] == [
        (INSIDE + timedelta(days=5)).date()
    ]
    log = AuditEvent.objects.filter(actor=clerk).values_list("action", flat=True)
    assert {Action.PAUSE_CLOCK, Action.RESUME_CLOCK} <= set(log)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"rule": "pass_on", "reason": ""}, "没有暂停：请写明为什么暂停。"),
        ({"rule": "nonsense", "reason": REASON}, "没有暂停：请从页面上选一个期限。"),
        ({"rule": "feedback", "reason": REASON}, "没有暂停：这一件现在没有这个期限"),
        ({"rule": "pass_on", "reason": "长" * 201}, "没有暂停："),
    ],
)
def test_what_cannot_be_paused_is_said(intake: Intake, sent: dict[str, str], words: str):
    item, client = item_of(intake), log_in(Client(), make_clerk(intake, intake.office))
    assert words in text_of(client.post(address_of(item, "pause"), sent, follow=True))
    page = client.post(address_of(item, "resume"), sent, follow=True)
    assert "没有恢复：这个期限没有暂停。" in text_of(page)
    assert not DeadlinePause.objects.exists()


@pytest.mark.parametrize(
    ("page", "changes", "at"),
    [
        ("extend", {"extra": ""}, "请写延长多少。"),
        ("extend", {"extra": "999"}, ""),
        ("pause", {"reason": "长" * 201}, ""),
    ],
)
def test_what_was_typed_for_a_refused_clock_stands_in_its_form(
    intake: Intake, page: str, changes: dict[str, str], at: str
):
    head = make_clerk(intake, intake.office, may_approve=True)
    item, client = item_of(intake), log_in(Client(), head)
    sent = {"rule": "pass_on", "reason": REASON, "extra": "1", **changes}
    answer = client.post(address_of(item, page), sent)
    assert answer.status_code == 422
    (clock,) = [one for one in answer.context["clocks"] if one.line.rule == "pass_on"]
    form = clock.extend_form if page == "extend" else clock.pause_form
    assert form is not None
    assert form.errors
    assert sent["reason"] in text_of(answer)
    assert at in str(form.errors)


def test_another_desk_reads_and_pauses_nothing(intake: Intake):
    item, client = item_of(intake), log_in(Client(), make_clerk(intake, intake.desks[1]))
    for page in ("pause", "resume"):
        sent = {"rule": "pass_on", "reason": REASON}
        assert client.post(address_of(item, page), sent).status_code == 404
    assert not DeadlinePause.objects.exists()


def test_the_office_changes_a_rule_and_the_items_follow(intake: Intake):
    item, clerk = item_of(intake), make_clerk(intake, intake.office)
    record_what_was_made()
    client, rule = log_in(Client(), clerk), DeadlineRule.objects.get(code="pass_on")
    assert "15日" in text_of(client.get(RULES))
    typed = {
        **{"words": "甄别转送", "number": "10", "unit": "workdays", "counts_from": "registered"},
        **{"may_extend": "0", "is_active": "on"},
    }
    saved = client.post(f"{RULES}{rule.pk}/change/", typed, follow=True)
    assert "正在按这个期限办理的，有 0 件换了起算日。" in text_of(saved)
    said = [event.detail for event in AuditEvent.objects.filter(action=Action.CORRECT)]
    assert {"多久": "15 → 10"}.items() <= said[-1].items()
    page = text_of(client.get(address_of(item, "change")))
    assert "从登记（2025年4月15日）起10个工作日，当天不算。" in page
    wrong = client.post(f"{RULES}{rule.pk}/change/", typed | {"number": "900"})
    assert "期限最多写 400。" in text_of(wrong)


def test_a_beginning_that_is_the_programs_is_shown_and_not_asked(intake: Intake):
    client = log_in(Client(), make_clerk(intake, intake.office))
    for rule in DeadlineRule.objects.all():
        address, is_fixed = f"{RULES}{rule.pk}/change/", rule.code in FIXED
        page = text_of(client.get(address))
        assert 'name="number"' in page
        assert ('name="counts_from"' not in page) == ("为什么不能改起算" in page) == is_fixed
        if is_fixed:
            assert rule.get_counts_from_display() in page
            assert RuleCode(rule.code).facts.why_fixed in page
            typed = {"words": rule.words, "number": "7", "unit": rule.unit, "may_extend": "0"}
            client.post(address, {**typed, "is_active": "on", "counts_from": "closed"})
            begins, rule.counts_from = rule.counts_from, ""
            rule.refresh_from_db()
            assert (rule.number, rule.counts_from) == (7, begins)
