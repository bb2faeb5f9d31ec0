"""What was pressed in vain is said to be in vain, and what was typed is given back."""

import html
import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from inspection.models import ContactPoint
from intake.admin.link_targets import page_for
from intake.choices import Role
from intake.models import Authenticator, Desk, StaffUser, Submission
from tests.intake.test_access_matrix import World, addresses, make_world
from tests.logging_in import LOGIN, code_of, log_in, make_device, standing_clock
from tests.making import PASSWORD, make_clerk, make_contact, make_intake, make_staff
from tests.running.standing_world import standing_world
from tests.running.undrawn import undrawn
from tests.sending import text_of

pytestmark = pytest.mark.django_db

TYPED = "0599-7654321，东街3号院里"
NOT_SAVED = "没有保存"
ENDED = timedelta(minutes=16)
STAFF_ADD = "/admin/intake/staffuser/add/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it."""
    with standing_clock() as moved:
        yield moved


standing = standing_world(make_world, under=standing_clock)


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    return standing()


def hidden(page: str) -> list[tuple[str, str]]:
    """Name and value of the hidden fields outside the logout form, as a browser reads them."""
    main = page[page.index('id="content-start"') :]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', main)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


class Clerk:
    """A member of the office who types into the page of a telephone, in a strict browser."""

    def __init__(self) -> None:
        self.intake = make_intake()
        self.user = make_clerk(self.intake, self.intake.office)
        self.contact = make_contact(self.intake.round)
        self.address = f"/admin/inspection/contactpoint/{self.contact.pk}/change/"
        self.client = Client(enforce_csrf_checks=True)
        self.log_in(self.client.get(LOGIN))

    def log_in(self, page: HttpResponse, **changes: str) -> HttpResponse:
        """Fills in the login form of a page and sends all of it."""
        typed = {
            "username": self.user.username,
            "password": PASSWORD,
            "otp_token": code_of(make_device(self.user)),
        }
        sent = dict(hidden(text_of(page))) | {"csrfmiddlewaretoken": self.token()}
        return self.client.post(LOGIN, sent | typed | changes)

    def token(self) -> str:
        return self.client.cookies["csrftoken"].value

    def fields(self, **changes: str) -> dict[str, str]:
        page = text_of(self.client.get(self.address))
        chosen = {"round": str(self.intake.round.pk), "kind": "phone", "order": "7", "phone": ""}
        found = re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', page)
        named = {name: html.unescape(value) for name, value in found}
        return {**named, **chosen, "csrfmiddlewaretoken": self.token(), **changes}


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


def test_what_was_typed_when_the_session_had_ended_is_given_back_and_saved_on_a_press(
    clerk: Clerk, clock: time_machine.Traveller
):
    typed = clerk.fields(value=TYPED, _save="")
    clock.shift(ENDED)
    login_page = clerk.client.post(clerk.address, typed)
    assert login_page.status_code == 403
    assert NOT_SAVED in text_of(login_page)
    shown = clerk.log_in(login_page)
    assert (shown.status_code, NOT_SAVED in text_of(shown)) == (200, True)
    assert f"<dd>{TYPED}</dd>" in text_of(shown)
    assert not ContactPoint.objects.filter(value=TYPED).exists()
    assert f'action="{clerk.address}"' in text_of(shown)
    assert clerk.client.post(clerk.address, dict(hidden(text_of(shown)))).status_code == 302
    clerk.contact.refresh_from_db()
    assert clerk.contact.value == TYPED


def test_it_survives_a_login_that_failed(clerk: Clerk, clock: time_machine.Traveller):
    typed = clerk.fields(value=TYPED)
    clock.shift(ENDED)
    page = clerk.client.post(clerk.address, typed)
    again = clerk.log_in(page, password="wrong-password-1")
    assert "没有登录成功" in text_of(again)
    assert TYPED in text_of(clerk.log_in(again))


def test_what_was_typed_under_an_old_token_is_given_back_under_a_fresh_one(clerk: Clerk):
    typed = clerk.fields(value=TYPED, csrfmiddlewaretoken="x" * 64)
    shown = clerk.client.post(clerk.address, typed)
    assert shown.status_code == 403
    assert NOT_SAVED in text_of(shown)
    assert "刷新" not in text_of(shown)
    given = dict(hidden(text_of(shown)))
    assert given.pop("csrfmiddlewaretoken") != typed.pop("csrfmiddlewaretoken")
    assert given == typed
    clerk.client.post(clerk.address, dict(hidden(text_of(shown))))
    assert ContactPoint.objects.filter(value=TYPED).exists()


def test_so_it_is_where_session_and_token_are_gone_together(clerk: Clerk):
    typed = clerk.fields(value=TYPED)
    clerk.client.cookies.clear()
    page = clerk.client.post(clerk.address, typed)
    assert (page.status_code, NOT_SAVED in text_of(page)) == (403, True)
    assert TYPED in text_of(clerk.log_in(page))


def test_and_where_the_browser_s_half_of_the_keys_is_gone():
    intake = make_intake()
    user, member = make_clerk(intake, intake.office), make_clerk(intake, intake.desks[0])
    member.accesses.all().delete()
    make_device(member)
    client = log_in(Client(), user)
    del client.cookies["keyring"]
    typed = {"user": member.pk, "desk": intake.desks[0].pk}
    page = client.post("/admin/intake/deskaccess/add/", typed)
    assert (page.status_code, NOT_SAVED in text_of(page)) == (403, True)
    sent = dict(hidden(text_of(page)))
    who = {"username": user.username, "password": PASSWORD, "otp_token": code_of(make_device(user))}
    shown = text_of(client.post(LOGIN, sent | who))
    assert f"<dd>{intake.desks[0]}</dd>" in shown
    assert not member.accesses.exists()


def test_nothing_typed_is_in_the_session_or_anywhere_in_the_database(
    clerk: Clerk, clock: time_machine.Traveller
):
    typed = clerk.fields(value=TYPED)
    clock.shift(ENDED)
    clerk.log_in(clerk.client.post(clerk.address, typed))
    kept = repr([session.get_decoded() for session in Session.objects.all()])
    assert TYPED not in kept
    assert "kept" not in kept


@pytest.mark.parametrize("is_in", [True, False], ids=["old token", "session ended"])
def test_passwords_are_not_given_back_and_that_is_said(is_in: bool, clock: time_machine.Traveller):
    user = make_staff(Role.ADMINISTRATOR)
    client = Client(enforce_csrf_checks=is_in)
    log_in(Client(), user)
    client.cookies = log_in(Client(), user).cookies
    if not is_in:
        clock.shift(ENDED)
    typed = {"username": "chen-laoshi", "full_name": "陈（演示）", "role": "team"}
    response = client.post(STAFF_ADD, {**typed, "password": "a-secret-of-somebody-9"})
    if not is_in:
        who = {"username": user.username, "password": PASSWORD}
        sent = {**dict(hidden(text_of(response))), **who}
        assert "a-secret-of-somebody-9" not in json.dumps(sent)
        response = client.post(LOGIN, {**sent, "otp_token": code_of(make_device(user))})
    page = text_of(response)
    assert "a-secret-of-somebody-9" not in page
    assert "密码没有放回来" in page
    assert "<dt>角色</dt><dd>巡察组</dd>" in page
    assert "chen-laoshi" in page


def test_files_cannot_be_given_back_and_can_be_chosen_anew(
    clerk: Clerk, clock: time_machine.Traveller
):
    clock.shift(ENDED)
    file = SimpleUploadedFile("扫描件.jpg", b"secret of the file")
    sent = {"value": TYPED, "scan": file, "csrfmiddlewaretoken": clerk.token()}
    page = text_of(clerk.log_in(clerk.client.post(clerk.address, sent)))
    assert "选过的文件没有留下" in page
    assert "扫描件.jpg" in page
    assert '<input type="file" name="scan" multiple>' in page
    assert 'enctype="multipart/form-data"' in page
    assert "secret of the file" not in page


FOREIGN: list[dict[str, str]] = [
    {"HTTP_SEC_FETCH_SITE": "cross-site"},
    {"HTTP_SEC_FETCH_SITE": "same-site"},
    {"HTTP_ORIGIN": "https://elsewhere.example"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "http://["},
    {"HTTP_REFERER": "https://[::1/admin/"},
    {"HTTP_REFERER": "http://testserver.elsewhere.example/admin/"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: "".join(headers.values()))
@pytest.mark.parametrize("is_in", [True, False])
def test_a_page_of_somebody_else_plants_nothing(
    clerk: Clerk, headers: dict[str, str], is_in: bool, clock: time_machine.Traveller
):
    typed = clerk.fields(value="被人塞进来的话", csrfmiddlewaretoken="x" * 64)
    if not is_in:
        clerk.client.cookies.clear()
    response = clerk.client.post(clerk.address, typed, **headers)
    assert response.status_code == 403
    assert "被人塞进来的话" not in text_of(response)
    assert 'name="kept"' not in text_of(response)
    planted = {"kept": json.dumps([[["value", "塞"]], [], False]), "next": clerk.address}
    login = clerk.client.post(LOGIN, {**planted, "csrfmiddlewaretoken": "x" * 64}, **headers)
    assert (login.status_code, 'name="kept"' in text_of(login)) == (403, False)


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: "".join(headers.values()))
def test_nor_does_it_where_nobody_asks_for_a_token(headers: dict[str, str]):
    address = "/admin/inspection/contactpoint/add/"
    answer = Client().post(address, {"value": "被人塞进来的话"}, **headers)
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/login/?next={address}")


@pytest.mark.parametrize(
    "address", ["//elsewhere.example/admin/inspection/contactpoint/add/", "/report/", "/admin/x/"]
)
def test_what_was_typed_goes_to_pages_of_the_staff_only(address: str):
    user = make_staff(Role.OFFICE)
    kept = json.dumps([[["value", TYPED]], [], False])
    who = {"username": user.username, "password": PASSWORD, "otp_token": code_of(make_device(user))}
    response = Client().post(LOGIN, {**who, "kept": kept, "next": address})
    assert (response.status_code, response["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    "kept", ["", "x", "[]", "{}", "[1,2,3]", '[[["a"]],[],0]', '[[["a",1]],[],0]', "null", "[" * 99]
)
def test_a_made_up_field_of_kept_things_is_nothing(kept: str):
    user = make_staff(Role.OFFICE)
    who = {"username": user.username, "password": PASSWORD, "otp_token": code_of(make_device(user))}
    response = Client().post(LOGIN, {**who, "kept": kept, "next": "/admin/intake/deskaccess/add/"})
    assert response["Location"] == "/admin/intake/deskaccess/add/"


def test_an_old_login_page_is_shown_anew_and_loses_nothing(clerk: Clerk):
    kept = json.dumps([[["value", TYPED]], [], False], ensure_ascii=False)
    typed = {"username": clerk.user.username, "kept": kept, "next": clerk.address}
    clerk.client.cookies.clear()
    page = clerk.client.post(LOGIN, {**typed, "csrfmiddlewaretoken": "x" * 64})
    assert page.status_code == 403
    assert f'value="{clerk.user.username}"' in text_of(page)
    assert TYPED in text_of(clerk.log_in(page))


def led_to(client: Client, user: StaffUser, address: str) -> str:
    who = {"username": user.username, "password": PASSWORD, "otp_token": code_of(make_device(user))}
    return str(client.post(LOGIN, {**who, "next": address})["Location"])


def test_nobody_is_led_to_what_takes_only_a_press(world: World, rf: Any):
    office = undrawn(world.clients["office"])
    led = {
        page_for(rf.get("/"), address): name
        for name, address in addresses(world.keys)
        if name != "intake_submission_view_copy"
    }
    asked = {target: office.get(target, follow=True).status_code for target in led}
    wrong = [(led[target], target) for target, status in asked.items() if status == 405]
    assert wrong == []


@pytest.mark.parametrize("address", ["http://[", "//[::1/admin/", "https://[x]/admin/"])
def test_what_is_no_address_leads_to_the_start_page(client: Client, address: str):
    assert client.get(LOGIN, {"next": address}).status_code == 200
    assert led_to(client, make_staff(Role.AUDITOR), address) == "/admin/"


def test_it_leads_to_the_item_else_to_the_list(world: World):
    item = f"/admin/intake/submission/{world.item.pk}/"
    user = make_staff(Role.AUDITOR)
    assert led_to(Client(), user, f"{item}reroute/") == f"{item}change/"
    assert led_to(Client(), user, "/admin/intake/submission/register/") == (
        "/admin/intake/submission/"
    )
    assert led_to(Client(), user, f"{item}attachment/{world.item.pk}/") == f"{item}change/"


def test_a_press_without_words_leads_there_and_says_that_it_was_not_done(
    world: World,
    clock: time_machine.Traveller,
):
    client = world.clients["right desk"]
    clock.shift(ENDED)
    press = "/admin/intake/submission/register/"
    asked = client.post(press, {"item": str(world.item.pk)})
    assert asked["Location"] == "/admin/login/?next=/admin/intake/submission/&pressed=1"
    login = client.get(asked["Location"])
    assert "刚才按的没有办" in text_of(login)
    user = StaffUser.objects.get(accesses=world.keys["deskaccess"])
    who = {"username": user.username, "password": PASSWORD, "otp_token": code_of(make_device(user))}
    arrived = client.post(LOGIN, {**dict(hidden(text_of(login))), **who}, follow=True)
    assert arrived.redirect_chain == [("/admin/intake/submission/", 302)]
    assert "刚才按的那一步没有办" in text_of(arrived)
    assert Submission.objects.get().number is None


def test_a_press_under_an_old_token_leads_back_too(clerk: Clerk):
    press = "/admin/intake/submission/register/"
    page = clerk.client.post(press, {"item": "x", "csrfmiddlewaretoken": "y" * 64})
    assert page.status_code == 403
    assert 'href="/admin/intake/submission/"' in text_of(page)


def test_every_marked_address_takes_only_post(world: World):
    office = world.clients["office"]
    for name, address in addresses(world.keys):
        if getattr(resolve(address).func, "takes_only_post", False):
            assert office.get(address).status_code == 405, name
    assert Authenticator.objects.exists()


def test_an_old_token_between_password_and_login_leads_back_to_the_same_page():
    user = make_staff(Role.AUDITOR)
    client = Client(enforce_csrf_checks=True)
    client.get(LOGIN)
    token = client.cookies["csrftoken"].value
    who = {"username": user.username, "password": PASSWORD, "otp_token": ""}
    client.post(LOGIN, {**who, "csrfmiddlewaretoken": token})
    page = client.post("/admin/login/enrol/", {"otp_token": "000000"})
    assert page.status_code == 403
    assert 'href="/admin/login/enrol/"' in text_of(page)


def test_an_old_token_is_no_fault_of_ours_at_any_address(world: World):
    """A list that nobody adds to and a row that nobody changes have no form to give back."""
    wrong = []
    for who, known in world.clients.items():
        client = Client(enforce_csrf_checks=True)
        client.cookies = known.cookies
        for name, address in addresses(world.keys):
            sent = {"value": TYPED, "csrfmiddlewaretoken": "y" * 64}
            if client.post(address, sent).status_code not in (200, 302, 403):
                wrong.append((who, name))
    assert wrong == []


@pytest.mark.parametrize("is_in", [True, False], ids=["old token", "session ended"])
@pytest.mark.parametrize("page", ["reroute", "scope"])
def test_what_was_chosen_beside_an_item_is_given_back_in_words(
    world: World, page: str, is_in: bool
):
    client = Client(enforce_csrf_checks=is_in)
    user = StaffUser.objects.get(pk=world.clients["office"].session["_auth_user_id"])
    if is_in:
        client.cookies = world.clients["office"].cookies
    teams = Desk.objects.of_teams().filter(round=world.item.round)
    desk = teams.exclude(pk=world.item.desk_id).last()
    assert desk
    sent = {"desk": str(desk.pk)} if page == "reroute" else {"scope": "out"}
    shown = client.post(f"/admin/intake/submission/{world.item.pk}/{page}/", sent)
    if not is_in:
        who = {"username": user.username, "password": PASSWORD}
        who["otp_token"] = code_of(make_device(user))
        shown = client.post(LOGIN, {**dict(hidden(text_of(shown))), **who})
    words = {
        "reroute": f"<dt>改派到</dt><dd>{desk}</dd>",
        "scope": "<dt>受理范围</dt><dd>范围外</dd>",
    }
    assert words[page] in text_of(shown)
    assert dict(hidden(text_of(shown))).items() >= sent.items()
    world.item.refresh_from_db()
    assert world.item.desk_id != desk.pk


def test_a_confirmed_deletion_is_asked_for_anew(clerk: Clerk):
    address = f"/admin/inspection/contactpoint/{clerk.contact.pk}/delete/"
    page = clerk.client.post(address, {"post": "yes", "csrfmiddlewaretoken": "y" * 64})
    assert page.status_code == 403
    assert 'name="post"' not in text_of(page)
    assert f'href="{address}"' in text_of(page)
