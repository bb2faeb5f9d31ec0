"""Changing a password keeps the keys; a reset by another takes the desks away."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from intake.choices import Action, Role
from intake.models import AuditEvent, Desk, StaffKey, StaffUser
from intake.sealing.unsealing import WrongPassword, unwrap_identity
from intake.staff import accounts, passwords
from intake.staff.entering.guesses import Locked, NotLetIn
from intake.staff.entering.signing_in import sign_in
from intake.staff.keyring import Keyring
from tests.logging_in import code_of, log_in, make_device, standing_clock
from tests.making import INSIDE, PASSWORD, make_clerk, make_intake, make_staff

pytestmark = pytest.mark.django_db

CHANGE = "/admin/password_change/"
NEW = "another-invented-word-2"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still."""
    with standing_clock() as moved:
        yield moved


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> str:
    """The page's text, or the address that it goes on to."""
    typed = {"old_password": old, "new_password1": new, "new_password2": again or new}
    response = client.post(CHANGE, typed)
    return response.get("Location") or response.content.decode()


def opens(user: StaffUser, desk: Desk, password: str) -> str:
    key = StaffKey.objects.get(user=user)
    return Keyring(user, unwrap_identity(key.wrapped_identity, password)).desk_secret(desk)


def test_the_desk_opens_under_the_new_password_and_not_under_the_old(client: Client):
    intake = make_intake()
    desk = intake.desks[0]
    user = make_clerk(intake, desk)
    log_in(client, user)
    assert change(client) == "/admin/password_change/done/"
    assert opens(user, desk, NEW) == intake.secrets[desk.pk]
    with pytest.raises(WrongPassword):
        opens(user, desk, PASSWORD)


def test_the_session_and_its_keyring_stay_and_all_others_end(
    client: Client, clock: time_machine.Traveller
):
    intake = make_intake()
    user = make_clerk(intake, intake.desks[0])
    elsewhere = log_in(Client(), user)
    log_in(client, user)
    locked, cookie = client.session["keyring"], client.cookies["keyring"].value
    change(client)
    assert client.get("/admin/password_change/done/").status_code == 200
    assert (client.session["keyring"], client.cookies["keyring"].value) == (locked, cookie)
    assert elsewhere.get(CHANGE).status_code == 302


def test_the_new_password_logs_in(client: Client):
    user = make_staff(Role.AUDITOR)
    change(log_in(client, user))
    log_in(Client(), user, NEW)
    with pytest.raises(NotLetIn):
        at = datetime.now(UTC)
        sign_in(user.username, PASSWORD, code_of(make_device(user)), at=at, real_at=at)


def test_it_is_audited_without_the_password(client: Client):
    user = make_staff(Role.AUDITOR)
    change(log_in(client, user))
    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.actor, event.detail) == (
        Action.CHANGE_PASSWORD,
        user,
        {"kind": "own"},
    )


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("wrong-password-1", NEW, NEW, "现在的密码不对"),
        (PASSWORD, NEW, "something-else-1", "不一致"),
        (PASSWORD, "short", "short", "密码太短，至少要10个字符。"),
        (PASSWORD, "12345678901", "12345678901", "数字"),
        (PASSWORD, "", "", "必填"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(
    client: Client, old: str, new: str, again: str, words: str
):
    user = make_staff(Role.AUDITOR)
    before = user.key.wrapped_identity
    page = change(log_in(client, user), old, new, again)
    assert words in page
    assert 'aria-invalid="true"' in page
    user = StaffUser.objects.get(pk=user.pk)
    assert user.check_password(PASSWORD)
    assert user.key.wrapped_identity == before


def test_a_key_that_does_not_open_is_not_thrown_away(client: Client):
    user = make_staff(Role.AUDITOR)
    log_in(client, user)
    StaffKey.objects.filter(user=user).update(wrapped_identity="damaged")
    assert "您的密钥打不开" in change(client)
    assert StaffUser.objects.get(pk=user.pk).check_password(PASSWORD)
    assert StaffKey.objects.get(user=user).wrapped_identity == "damaged"


def test_strangers_are_sent_to_the_login(client: Client):
    assert client.get(CHANGE)["Location"] == f"/admin/login/?next={CHANGE}"
    assert client.post(CHANGE, {})["Location"] == f"/admin/login/?next={CHANGE}&pressed=1"


def test_the_page_explains_and_has_no_inline_style(client: Client):
    page = log_in(client, make_staff(Role.TEAM)).get(CHANGE).content.decode()
    assert "重设会收回您的受理席授权" in page
    assert "style=" not in page


def test_a_reset_makes_a_new_key_and_takes_the_desks_away():
    intake = make_intake()
    user, administrator = make_clerk(intake, intake.desks[0]), make_staff(Role.ADMINISTRATOR)
    before = user.key.recipient
    passwords.reset_password(user, NEW, by=administrator, at=INSIDE)
    assert not user.accesses.exists()
    key = StaffKey.objects.get(user=user)
    assert key.recipient != before
    assert unwrap_identity(key.wrapped_identity, NEW)
    event = AuditEvent.objects.get()
    assert (event.actor, event.object_id) == (administrator, str(user.pk))
    assert event.detail == {"kind": "reset", "recipient": key.recipient, "dropped": 1}


def test_a_reset_ends_the_members_sessions(client: Client):
    user = make_staff(Role.AUDITOR)
    log_in(client, user)
    passwords.reset_password(user, NEW, by=None, at=INSIDE)
    assert client.get(CHANGE).status_code == 302


def test_a_reset_refuses_a_weak_password():
    user = make_staff(Role.AUDITOR)
    with pytest.raises(ValidationError):
        passwords.reset_password(user, "short", by=None, at=INSIDE)
    assert StaffUser.objects.get(pk=user.pk).check_password(PASSWORD)


def test_a_reset_ends_the_lock():
    user = make_staff(Role.AUDITOR)
    device, at = make_device(user), datetime.now(UTC)
    for _ in range(5):
        with pytest.raises(NotLetIn):
            sign_in(user.username, "wrong", "", at=INSIDE, real_at=at)
    with pytest.raises(Locked):
        sign_in(user.username, PASSWORD, code_of(device), at=INSIDE, real_at=at)
    passwords.reset_password(user, NEW, by=None, at=INSIDE)
    assert sign_in(user.username, NEW, code_of(device), at=INSIDE, real_at=at).user == user


def test_an_account_made_by_an_administrator_is_audited_with_its_maker():
    administrator = make_staff(Role.ADMINISTRATOR)
    accounts.create("li", NEW, role=Role.TEAM, by=administrator, at=INSIDE)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.detail) == (
        Action.CREATE_STAFF,
        administrator,
        {"role": "team", "recipient": StaffUser.objects.get(username="li").key.recipient},
    )


def attempts() -> list[int]:
    events = AuditEvent.objects.filter(action=Action.CHANGE_PASSWORD).order_by("sequence")
    return [event.detail["attempt"] for event in events if event.detail["kind"] == "refused"]


def test_guesses_at_the_old_password_are_events_and_end_after_five(
    client: Client, clock: time_machine.Traveller
):
    user = make_staff(Role.AUDITOR)
    log_in(client, user)
    for _ in range(5):
        assert "现在的密码不对" in change(client, old="wrong-password-1")
    for old in ("wrong-password-1", PASSWORD):
        assert "30分钟以内不能改" in change(client, old=old)
    assert attempts() == [1, 2, 3, 4, 5]
    assert StaffUser.objects.get(pk=user.pk).check_password(PASSWORD)
    for _ in range(3):
        clock.shift(10 * 60 + 1)
        client.get(CHANGE)
    assert change(client) == "/admin/password_change/done/"


def test_a_right_old_password_beside_a_bad_new_one_is_no_guess(client: Client):
    log_in(client, make_staff(Role.AUDITOR))
    change(client, old="wrong-password-1")
    for _ in range(7):
        change(client, new="short")
    assert change(client) == "/admin/password_change/done/"
    assert attempts() == [1]


def test_guesses_at_an_open_session_lock_no_login(client: Client):
    user = make_staff(Role.AUDITOR)
    log_in(client, user)
    for _ in range(6):
        change(client, old="wrong-password-1")
    log_in(Client(), user)
