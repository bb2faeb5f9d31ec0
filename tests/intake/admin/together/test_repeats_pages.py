"""The pages of repeats: side by side, confirmed by a press, undone with a reason."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from intake.choices import Action, Status
from intake.models import AuditEvent, Submission
from tests.intake.casework.together.two_letters import (
    LATER,
    MATTER,
    PHONE,
    TOLD,
    TwoLetters,
    make_two_letters,
)
from tests.logging_in import log_in
from tests.making import make_clerk
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

ADD = "/admin/intake/submission/add/"
LOOK_UP = "/admin/intake/submission/repeats/"
WHY = "（演示）有新的合同，是另一件事"


@pytest.fixture
def two(settings: Settings) -> TwoLetters:
    settings.SIMULATED_NOW = LATER
    return make_two_letters()


def address(item: Submission, name: str = "repeats") -> str:
    return reverse(f"admin:intake_submission_{name}", args=[item.pk])


def pressed(page: str) -> dict[str, str]:
    """What the button beside the first candidate sends."""
    names = re.findall(r'<input type="hidden" name="(lead|version)" value="([^"]*)"', page)
    return dict(names)


def test_a_clerk_finds_confirms_and_undoes_it(two: TwoLetters):
    clerk = log_in(Client(), two.clerk)
    item = clerk.get(two.second.get_absolute_url())
    assert address(two.second) in text_of(item)
    answer = clerk.get(address(two.second))
    page = text_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "打开比对了 1 件" in page and "同人、同事：可能是重复件，由您确认" in page
    assert f"<mark>{MATTER[:-1]}" in page
    data = pressed(page)
    assert clerk.post(address(two.second), data).status_code == 302
    two.second.refresh_from_db()
    assert two.second.status == Status.REPEAT
    # Pressed twice, it stays as it is.
    assert clerk.post(address(two.second), data).status_code == 302
    assert AuditEvent.objects.filter(action=Action.LINK_REPEAT).count() == 1
    lead = text_of(clerk.get(two.first.get_absolute_url()))
    assert "合起来是 1 件、2 件次" in lead and two.second.display_number in lead
    repeat = text_of(clerk.get(two.second.get_absolute_url()))
    assert f'已并入 <a href="{two.first.get_absolute_url()}">' in repeat
    undo = address(two.second, "unlink")
    asked = clerk.post(undo, {"reason": "", "version": two.second.version})
    assert asked.status_code == 422 and "请写明理由。" in text_of(asked)
    assert clerk.post(undo, {"reason": WHY, "version": two.second.version}).status_code == 302
    two.second.refresh_from_db()
    assert two.second.status == Status.TO_ASSESS


def test_while_judging_earlier_items_are_proposed_unasked_and_none_is_opened(two: TwoLetters):
    clerk = log_in(Client(), two.clerk)
    page = clerk.get(two.second.get_absolute_url())
    lines = page.context["proposed_repeats"]
    assert [(line.number, agrees) for line, agrees in lines] == [
        (two.first.display_number, ["署名", "电话", "被反映人", "大段文字"])
    ]
    text = text_of(page)
    assert f'href="{two.first.get_absolute_url()}"' in text and "并排比对、确认" in text
    assert {event.object_id for event in AuditEvent.objects.filter(actor=two.clerk)} == {
        str(two.second.pk),
        str(two.clerk.pk),
    }
    # Of what came in later nothing is proposed; what is under way is left in peace.
    assert clerk.get(two.first.get_absolute_url()).context["proposed_repeats"] == []
    Submission.objects.filter(pk=two.second.pk).update(
        status=Status.INQUIRING, handled_as="inquire"
    )
    assert clerk.get(two.second.get_absolute_url()).context["proposed_repeats"] is None


def test_while_a_web_report_is_registered_too(two: TwoLetters):
    clerk = log_in(Client(), two.clerk)
    third = send(two.intake, two.intake.targets[0], at=LATER, narrative=MATTER, **TOLD)
    page = clerk.get(address(third, "web"))
    numbers = [line.number for line, _agrees in page.context["proposed_repeats"]]
    assert numbers == [two.second.display_number, two.first.display_number]
    text = text_of(page)
    assert all(number in text for number in numbers)
    assert "登记以后再并排比对" in text and PHONE not in text
    typed = clerk.post(address(third, "web"), {"_look": "1"})
    assert typed.context["proposed_repeats"]
    # A letter of nobody known, and a member of another desk.
    alone = send(two.intake, two.intake.targets[0], at=LATER)
    assert clerk.get(address(alone, "web")).context["proposed_repeats"] == []


def test_who_presses_on_an_older_page_is_told_and_what_was_typed_stays(two: TwoLetters):
    clerk = log_in(Client(), two.clerk)
    data = pressed(text_of(clerk.get(address(two.second))))
    Submission.objects.filter(pk=two.second.pk).update(version=7)
    late = clerk.post(address(two.second), data)
    assert late.status_code == 409 and pressed(text_of(late))["version"] == "7"
    assert clerk.post(address(two.second), pressed(text_of(late))).status_code == 302
    undo = address(two.second, "unlink")
    late = clerk.post(undo, {"reason": WHY, "version": "1"})
    assert late.status_code == 409 and WHY in text_of(late)


def test_at_another_desk_it_is_not_there(two: TwoLetters):
    other = log_in(Client(), make_clerk(two.intake, two.intake.desks[1]))
    for name in ("repeats", "unlink"):
        assert other.get(address(two.second, name)).status_code == 404
        assert other.post(address(two.second, name), {"version": 1}).status_code == 404


def test_while_registering_a_fragment_names_items_and_no_words(two: TwoLetters):
    clerk = log_in(Client(), two.clerk)
    typed = {"reporter_phone": PHONE, "subject": "王德发", "narrative": "（演示）" + "长" * 20_000}
    page = text_of(clerk.post(LOOK_UP, typed))
    assert two.first.display_number in page and "电话、被反映人相同" in page
    assert MATTER not in page and "王德发" not in page and "<html" not in page
    assert "没有署名、电话" in text_of(clerk.post(LOOK_UP, {}))
    assert clerk.get(LOOK_UP).status_code == 405


def test_the_registering_page_looks_for_repeats_and_loses_nothing(two: TwoLetters):
    clerk = log_in(Client(), two.clerk)
    blank = text_of(clerk.get(ADD))
    assert f'data-look-up="{LOOK_UP}"' in blank and two.first.display_number not in blank
    typed = {"subject": "王德发", "reporter_phone": PHONE, "narrative": "（演示）再看"}
    before = Submission.objects.count()
    page = text_of(clerk.post(ADD, {"way": "letter", **typed, "_look_up": ""}))
    assert f'href="{two.first.get_absolute_url()}"' in page and "电话、被反映人相同" in page
    assert all(words in page for words in typed.values()) and "请填写" not in page
    assert Submission.objects.count() == before
    # Names that signed together are parted as the form parts them.
    names = {"way": "letter", "signer_names": "钱某、赵小明"}
    assert two.first.display_number in text_of(clerk.post(LOOK_UP, names))


def test_the_judging_page_leads_to_possible_repeats_too(two: TwoLetters):
    clerk = log_in(Client(), two.clerk)
    page = text_of(clerk.post(address(two.second, "judge"), {"scope": "?", "version": "1"}))
    assert 'id="repeats"' in page and address(two.second) in page
