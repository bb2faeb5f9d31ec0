"""The case file on the page of its item: saved, refused, compared, kept while it is typed."""

import html
import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.casework import case_files
from intake.choices import Action, Rank
from intake.models import AuditEvent, StaffUser, Submission, WrittenDraft
from intake.report.case_words import CaseWords
from intake.report.on_paper.paper_facts import PaperFacts
from tests.logging_in import actions, log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.sending import invalid_fields, text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

LI, WANG = "李（演示）", "王（演示）"
NAME, PHONE = "赵某某（演示）", "13912345678"
CANARY = "kanarienvogel 金丝雀"


class World:
    """An item at a team's desk, and two of its clerks who are in."""

    def __init__(self) -> None:
        self.intake: Intake = make_intake()
        noted = PaperFacts(signer_names="周某某（演示）")
        told = {"reporter_name": NAME, "reporter_phone": PHONE, "paper": noted}
        self.item: Submission = send(self.intake, self.intake.targets[0], identity="named", **told)
        self.li, self.li_in = self.clerk(LI)
        self.wang, self.wang_in = self.clerk(WANG)
        self.address = reverse("admin:intake_submission_case", args=[self.item.pk])
        self.keep_at = reverse("admin:written", args=[f"item:{self.item.pk}"])

    def clerk(self, name: str) -> tuple[StaffUser, Client]:
        user = make_clerk(self.intake, self.intake.desks[0], full_name=name)
        return user, log_in(Client(), user)

    def page(self, client: Client) -> str:
        return text_of(client.get(self.item.get_absolute_url()))

    def stands(self) -> CaseWords:
        item = Submission.objects.get(pk=self.item.pk)
        return case_files.open(item, keyring_for(self.li)).words


@pytest.fixture
def world(settings: Any) -> World:
    settings.SIMULATED_NOW = INSIDE
    return World()


def form_in(page: str) -> dict[str, str]:
    """Name and value of every field of the case file's form, as a browser would send it."""
    form = page[page.index('class="case__form"') :]
    form = form[: form.index("</form>")]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and not (re.search("radio|checkbox", tag) and "checked" not in tag):
            fields[name[1]] = html.unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        fields[name] = html.unescape(text)
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def save(world: World, client: Client, page: str | None = None, **typed: str) -> HttpResponse:
    fields = form_in(page or world.page(client))
    return client.post(world.address, {**fields, **typed})  # type: ignore[return-value]


def test_what_is_saved_stands_on_the_page_the_main_accused_first(world: World):
    typed = {
        "accused-0-name": "张某",
        "accused-1-name": "王某",
        "accused-1-post": "主任",
        "accused-1-rank": Rank.TOWN.value,
        "main": "1",
        "abstract": "（演示）摘要",
        "note": "（演示）已核实",
    }
    assert save(world, world.li_in, **typed).status_code == 302
    page = world.page(world.li_in)
    assert "王某，主任，乡科级<br>张某" in page
    assert all(words in page for words in ("（演示）摘要", "（演示）已核实", f"{LI} 4月15日"))
    again = form_in(page)
    assert (again["accused-0-name"], again["main"], again["note"]) == ("王某", "0", "")
    # A row goes by its tick, or by being emptied; no script is needed for it, nor for more rows.
    gone = {"accused-0-DELETE": "on", "accused-1-post": "会计"}
    assert save(world, world.li_in, **gone).status_code == 302
    assert [(one.name, one.post) for one in world.stands().accused] == [("张某", "会计")]
    more = save(world, world.li_in, _more_rows="1", abstract="还没有保存")
    assert more.status_code == 200
    assert form_in(text_of(more))["accused-TOTAL_FORMS"] == "5"
    assert world.stands().abstract == "（演示）摘要"


def test_what_was_proposed_and_waits_is_not_changed_and_says_so(world: World):
    sent_at: dict[str, Any] = {"proposed": "keep", "proposed_by": world.li, "proposed_at": INSIDE}
    sent_at |= {"number": 1, "registered_at": INSIDE}
    Submission.objects.update(status="to_approve", **sent_at)
    refused = save(world, world.wang_in, proposal="王的拟办", abstract="王的摘要")
    assert refused.status_code == 422
    assert invalid_fields(refused) == {"proposal"}
    page = text_of(refused)
    assert "已经送审，拟办意见不能改。" in page
    assert (form_in(page)["proposal"], form_in(page)["abstract"]) == ("王的拟办", "王的摘要")
    assert world.stands() == CaseWords()


def test_an_error_stands_at_its_field_and_nothing_is_lost(world: World):
    typed = {
        "accused-0-name": "王某",
        "accused-1-name": "王某",
        "accused-2-name": "x" * 51,
        "abstract": "（演示）摘要",
    }
    page = world.page(world.li_in).replace(
        'name="accused-TOTAL_FORMS" value="2"', 'name="accused-TOTAL_FORMS" value="3"'
    )
    refused = save(world, world.li_in, page, **typed)
    assert refused.status_code == 422
    said = text_of(refused)
    assert "这个人前面已经写过一次。" in said
    assert said.count('aria-invalid="true"') == 2
    assert typed.items() <= form_in(said).items()
    assert world.stands() == CaseWords()
    assert world.li_in.post(world.address).status_code == 422


def test_the_later_saver_sees_both_decides_and_loses_nothing(world: World):
    save(world, world.li_in, abstract="原来的", result="原来的结果")
    old = world.page(world.wang_in)
    save(world, world.li_in, abstract="李改的", result="李的结果")
    mine = {"abstract": "王改的", "proposal": "王的拟办", "note": "王的备注"}
    meanwhile = save(world, world.wang_in, old, **mine)
    assert meanwhile.status_code == 409
    page = text_of(meanwhile)
    assert all(words in page for words in ("原来的", "李改的", "王改的", "李的结果"))
    assert page.count('name="choose-abstract"') == 2
    assert 'name="choose-result"' not in page
    fields = form_in(page)
    assert mine.items() <= fields.items()
    assert fields["result"] == "李的结果"
    # Undecided it is not saved either, and asks again.
    undecided = save(world, world.wang_in, page)
    assert undecided.status_code == 422
    assert "请选一份" in text_of(undecided)
    assert world.stands().abstract == "李改的"
    decided = {"choose-abstract": "theirs"}
    assert save(world, world.wang_in, text_of(undecided), **decided).status_code == 302
    found = world.stands()
    assert (found.abstract, found.proposal, found.result) == ("李改的", "王的拟办", "李的结果")
    assert [note.words for note in found.notes] == ["王的备注"]


def test_what_was_typed_is_given_back_to_the_same_person_and_goes_when_saved(world: World):
    fields = {**form_in(world.page(world.li_in)), "abstract": CANARY, "accused-0-name": CANARY}
    kept = world.li_in.post(world.keep_at, fields)
    assert kept.status_code == 200
    assert kept.json()["kept"] == "4月15日 10:00"
    world.li_in.post(reverse("admin:logout"))
    later = log_in(Client(), world.li)
    assert "上次没有保存的内容，时间 4月15日 10:00" in world.page(later)
    assert CANARY not in world.page(later)
    assert "上次没有保存的内容" not in world.page(world.wang_in)
    assert CANARY not in text_of(world.wang_in.post(world.address, {"_put_back": "1"}, follow=True))
    back = later.post(world.address, {"_put_back": "1"})
    assert back.status_code == 200
    assert "no-store" in back["Cache-Control"]
    assert form_in(text_of(back))["accused-0-name"] == CANARY
    assert world.stands() == CaseWords()
    assert save(world, later, text_of(back)).status_code == 302
    assert world.stands().abstract == CANARY
    assert not WrittenDraft.objects.exists()


def test_what_waits_for_a_decision_is_neither_written_over_nor_removed(world: World):
    world.li_in.post(world.keep_at, {"abstract": CANARY})
    page = world.page(world.li_in)
    refused = text_of(save(world, world.li_in, page, **{"accused-0-name": "x" * 51}))
    for shown in (page, refused):
        assert (
            "上次没有保存的内容，时间" in shown and f'data-written="{world.keep_at}"' not in shown
        )
    assert save(world, world.li_in, page, abstract="另写的").status_code == 302
    assert "上次没有保存的内容，时间" in world.page(world.li_in)


def test_what_is_not_wanted_any_more_is_thrown_away(world: World):
    world.li_in.post(world.keep_at, {"abstract": CANARY})
    assert world.li_in.post(world.address, {"_throw_away": "1"}).status_code == 302
    assert not WrittenDraft.objects.exists()


def test_too_much_or_a_strange_place_is_not_kept(world: World):
    assert world.li_in.post(world.keep_at, {"abstract": "x" * 500_000}).status_code == 413
    for place in ("Item:1", "item:1:2", "item"):
        status = world.li_in.post(reverse("admin:written", args=[place]), {"a": "b"}).status_code
        assert status == (200 if place == "item" else 404)


def test_a_lost_session_gives_the_words_back_with_their_names(world: World):
    fields = {**form_in(world.page(world.li_in)), "accused-0-post": "主任", "abstract": CANARY}
    Session.objects.all().delete()
    asked = world.li_in.post(world.address, fields)
    assert asked.status_code == 403
    assert "填的会原样给您看" in text_of(asked)
    assert world.stands() == CaseWords()


def test_the_name_is_shown_for_a_reason_only(world: World):
    page = world.page(world.li_in)
    assert "留了姓名、电话、联名人" in page
    assert NAME not in page
    assert PHONE not in page
    address = reverse("admin:intake_submission_reporter", args=[world.item.pk])
    assert NAME not in text_of(world.li_in.get(address))
    for reason in ({}, {"reason": "curiosity"}):
        refused = world.li_in.post(address, reason)
        assert refused.status_code == 422
        assert NAME not in text_of(refused)
    assert "show_reporter" not in actions()
    shown = world.li_in.post(address, {"reason": "asking"})
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert NAME in text_of(shown)
    assert PHONE in text_of(shown)
    event = AuditEvent.objects.get(action=Action.SHOW_REPORTER)
    assert (event.actor, event.detail) == (world.li, {"asked_for": "asking"})


def hidden_in(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_colleague_is_named_in_the_list_and_on_the_page(world: World):
    words = f"{LI}也打开着这一件"
    items = reverse("admin:intake_submission_changelist")
    assert words not in text_of(world.wang_in.get(items))
    mine = world.page(world.li_in)
    assert words not in mine
    assert words in text_of(world.wang_in.get(items))
    assert words in world.page(world.wang_in)
    other = log_in(Client(), make_clerk(world.intake, world.intake.office))
    assert words not in text_of(other.get(items)) + world.page(other)
    found = re.search(r'data-opened="([^"]*)"', mine)
    assert found
    leave = reverse("admin:intake_submission_leave", args=[world.item.pk])
    assert world.li_in.post(leave, {"opened": "nonsense"}).status_code == 204
    assert world.li_in.post(leave, {"opened": found[1]}).status_code == 204
    assert words not in text_of(world.wang_in.get(items))
    world.page(world.li_in)
    world.li_in.post(reverse("admin:logout"))
    assert words not in text_of(world.wang_in.get(items))


def test_another_desk_reaches_none_of_it(world: World):
    stranger = log_in(Client(), make_clerk(world.intake, world.intake.desks[1]))
    for name in ("case", "reporter", "save_reporter"):
        address = reverse(f"admin:intake_submission_{name}", args=[world.item.pk])
        assert stranger.post(address, {"reason": "asking", "abstract": "x"}).status_code == 404
    assert "show_reporter" not in actions()


def test_what_clerks_typed_stands_nowhere_in_clear(world: World, caplog: pytest.LogCaptureFixture):
    typed = dict.fromkeys(("abstract", "note", "accused-0-name", "proposal"), CANARY)
    world.li_in.post(world.keep_at, {**form_in(world.page(world.li_in)), **typed})
    old = world.page(world.wang_in)
    save(world, world.li_in, **typed)
    save(world, world.wang_in, old, **{**typed, "abstract": f"{CANARY} 2"})
    address = reverse("admin:intake_submission_reporter", args=[world.item.pk])
    told = hidden_in(text_of(world.li_in.post(address, {"reason": "asking"})))
    save_at = reverse("admin:intake_submission_save_reporter", args=[world.item.pk])
    world.li_in.post(save_at, {**told, "name": CANARY, "signers": CANARY})
    assert world.stands().abstract == CANARY
    world.wang_in.post(world.keep_at, typed)
    rows = [row for model in apps.get_models() for row in model._default_manager.all()]
    stored = serializers.serialize("json", rows) + "".join(map(str, rows))
    sessions = "".join(str(one.get_decoded()) for one in Session.objects.all())
    for place in (stored, sessions, caplog.text):
        assert "kanarienvogel" not in place
        assert "金丝雀" not in place
