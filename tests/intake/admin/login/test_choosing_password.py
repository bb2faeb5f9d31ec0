"""A password that somebody else set is good for one thing only: choosing one's own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from intake.choices import Action, Role
from intake.models import AuditEvent, Authenticator, Desk, DeskAccess, StaffKey, StaffUser
from intake.sealing import sealing
from intake.sealing.unsealing import WrongPassword, open_sealed, unwrap_identity
from intake.staff import granting, passwords
from intake.staff.entering import second_factor
from intake.staff.keyring import Keyring, NoDeskAccess
from tests.intake.addresses_under_admin import patterns_under_admin
from tests.logging_in import (
    CHOOSE,
    ENROL,
    LOGIN,
    code_of,
    is_in,
    log_in,
    make_device,
    post_login,
    standing_clock,
)
from tests.making import INSIDE, PASSWORD, Intake, make_clerk, make_draft, make_intake, make_staff
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

OWN = "chosen-by-the-member-3"
AGAIN = "set-once-more-by-another-4"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it."""
    with standing_clock() as moved:
        yield moved


def make_set(role: Role = Role.TEAM) -> StaffUser:
    """A member whose PASSWORD somebody else set."""
    return make_staff(role, password_chosen_at=None)


def make_set_up(intake: Intake, desk: Desk) -> StaffUser:
    """As `create_staff` leaves a clerk at set-up: let in, but never logged in."""
    user = make_set(Role.OFFICE if desk.is_office else Role.TEAM)
    office = sealing.Identity(intake.secrets[intake.office.pk], intake.office.recipient)
    granting.grant_with_recovery(user, desk, identity=office, at=INSIDE, is_set_up=True)
    return user


def choose(client: Client, new: str = OWN, again: str | None = None) -> str:
    """Where it goes on to, or the page."""
    typed = {"new_password1": new, "new_password2": new if again is None else again}
    response = client.post(CHOOSE, typed)
    return response.get("Location") or response.content.decode()


def enrol(client: Client, user: StaffUser) -> None:
    client.post(ENROL, {"otp_token": code_of(Authenticator.objects.get(user=user))})


def secret_under(user: StaffUser, password: str) -> str:
    return unwrap_identity(StaffKey.objects.get(user=user).wrapped_identity, password)


def pages() -> Iterator[str]:
    """Every address under /admin/ that needs nobody's row."""
    for _name, path in patterns_under_admin():
        if not set("<(?") & set(path):
            yield f"/admin/{path}"


def test_the_set_password_leads_to_the_page_and_to_no_other():
    client, user = Client(), make_set(Role.OFFICE)
    assert post_login(client, user.username, "")["Location"] == CHOOSE
    assert client.get(CHOOSE).status_code == 200
    for path in set(pages()) - {CHOOSE, LOGIN, "/admin/logout/"}:
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 302, path
            assert answer["Location"].startswith(LOGIN), path
    assert client.get(LOGIN).status_code == 200


def test_no_keyring_and_no_second_factor_come_before_the_own_password():
    intake = make_intake()
    client, user = Client(), make_set_up(intake, intake.desks[0])
    post_login(client, user.username, "")
    assert "keyring" not in client.session
    assert not client.cookies["keyring"].value
    assert not Authenticator.objects.exists()
    assert "_auth_user_id" not in client.session


def test_a_first_login_chooses_then_binds_a_phone_then_is_in():
    client, user = Client(), make_set()
    post_login(client, user.username, "")
    assert choose(client) == ENROL
    assert not is_in(client)
    enrol(client, user)
    assert is_in(client)
    user.refresh_from_db()
    assert user.has_own_password
    assert client.get(CHOOSE)["Location"] == LOGIN


def test_a_member_with_a_phone_shows_its_code_before_choosing():
    client, user = Client(), make_set()
    make_device(user)
    assert post_login(client, user.username, "").status_code == 200
    assert client.get(CHOOSE)["Location"] == LOGIN


def test_after_a_reset_the_member_chooses_and_is_in_with_keys(clock: time_machine.Traveller):
    client, user = Client(), make_set()
    device = make_device(user)
    where = post_login(client, user.username, code_of(device), next="/admin/intake/submission/")
    assert where["Location"] == CHOOSE
    assert choose(client) == "/admin/intake/submission/"
    assert is_in(client)
    assert client.session["keyring"]


def test_the_key_is_made_anew_and_the_set_password_opens_nothing_more():
    client, user = Client(), make_set()
    old, before = secret_under(user, PASSWORD), user.key.recipient
    post_login(client, user.username, "")
    choose(client)
    key = StaffKey.objects.get(user=user)
    assert key.recipient != before
    assert secret_under(user, OWN) != old
    with pytest.raises(WrongPassword):
        secret_under(user, PASSWORD)
    assert not StaffUser.objects.get(pk=user.pk).check_password(PASSWORD)
    event = AuditEvent.objects.get(action=Action.CHANGE_PASSWORD)
    assert (event.actor, event.object_id) == (user, str(user.pk))
    detail = {"kind": "first", "recipient": key.recipient, "carried": 0, "dropped": 0}
    assert event.detail == detail


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        (PASSWORD, None, "不能再用别人给您设的密码"),
        ("short", None, "密码太短，至少要10个字符。"),
        ("12345678901", None, "数字"),
        (OWN, "something-else-1", "不一致"),
        ("", None, "必填"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(new: str, again: str | None, words: str):
    client, user = Client(), make_set()
    before = user.key.wrapped_identity
    post_login(client, user.username, "")
    page = choose(client, new, again)
    assert words in page
    assert 'aria-invalid="true"' in page
    assert StaffKey.objects.get(user=user).wrapped_identity == before
    assert StaffUser.objects.get(pk=user.pk).password_chosen_at is None
    assert choose(client) == ENROL


@pytest.mark.parametrize("place", ["office", "team"])
def test_desks_of_the_set_up_are_carried_over_and_read_after_the_first_login(place: str):
    intake = make_intake()
    item = send(intake, intake.targets[0])
    desk = intake.office if place == "office" else intake.desks[0]
    client, user = Client(), make_set_up(intake, desk)
    stolen = secret_under(user, PASSWORD)
    post_login(client, user.username, "")
    choose(client)
    enrol(client, user)
    page = text_of(client.get(f"/admin/intake/submission/{item.pk}/change/"))
    assert make_draft().narrative in page
    access = DeskAccess.objects.get(user=user)
    with pytest.raises(ValueError):
        open_sealed(bytes(access.sealed_identity), stolen)
    event = AuditEvent.objects.get(action=Action.CHANGE_PASSWORD)
    assert (event.detail["carried"], event.detail["dropped"]) == (1, 0)


def test_what_the_office_granted_to_a_password_of_another_is_dropped():
    """As an installation may hold it from before."""
    intake = make_intake()
    user = make_clerk(intake, intake.desks[0], password_chosen_at=None)
    user.accesses.update(granted_by=make_clerk(intake, intake.office))
    client = Client()
    post_login(client, user.username, "")
    choose(client)
    assert not user.accesses.exists()
    assert "请巡察办重新授权" in client.get(ENROL).content.decode()


def test_without_the_browsers_half_the_desks_are_dropped_and_never_opened():
    intake = make_intake()
    client, user = Client(), make_set_up(intake, intake.desks[0])
    post_login(client, user.username, "")
    del client.cookies["renewing"]
    choose(client)
    assert not user.accesses.exists()
    with pytest.raises(NoDeskAccess):
        Keyring(user, secret_under(user, OWN)).desk_secret(intake.desks[0])


def test_what_the_set_password_opened_is_gone_afterwards():
    intake = make_intake()
    client, user = Client(), make_set_up(intake, intake.desks[0])
    post_login(client, user.username, "")
    assert client.cookies["renewing"].value
    choose(client)
    assert not client.cookies["renewing"].value
    assert "renewing" not in client.session


def test_a_begun_choice_ends_with_another_reset():
    client, user = Client(), make_set()
    post_login(client, user.username, "")
    passwords.reset_password(user, AGAIN, by=None, at=INSIDE)
    assert client.get(CHOOSE)["Location"] == LOGIN
    assert choose(client) == LOGIN
    assert StaffUser.objects.get(pk=user.pk).check_password(AGAIN)


def test_of_two_who_choose_at_once_only_the_first_does():
    first, second, user = Client(), Client(), make_set()
    for client in (first, second):
        post_login(client, user.username, "")
    read_before = StaffUser.objects.get(pk=user.pk)
    assert choose(first) == ENROL
    assert choose(second, AGAIN) == LOGIN
    with pytest.raises(passwords.SetMeanwhile):
        passwords.choose_password(read_before, AGAIN, old_secret=None, at=INSIDE)
    assert StaffUser.objects.get(pk=user.pk).check_password(OWN)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_an_account_that_is_shut_meanwhile_chooses_nothing(change: dict[str, bool]):
    client, user = Client(), make_set()
    post_login(client, user.username, "")
    StaffUser.objects.filter(pk=user.pk).update(**change)
    assert choose(client) == LOGIN
    assert StaffUser.objects.get(pk=user.pk).password_chosen_at is None


@pytest.mark.parametrize("has_own_password", [True, False])
def test_what_was_begun_does_not_live_again_when_the_account_is_opened_again(
    has_own_password: bool,
):
    client, administrator = Client(), log_in(Client(), make_staff(Role.ADMINISTRATOR))
    user = make_staff(Role.TEAM) if has_own_password else make_set()
    page = post_login(client, user.username, "")["Location"]
    assert client.get(page).status_code == 200
    address = f"/admin/intake/staffuser/{user.pk}/change/"
    administrator.post(address, {"full_name": user.full_name})
    administrator.post(address, {"full_name": user.full_name, "is_active": "on"})
    assert StaffUser.objects.get(pk=user.pk).is_active
    assert client.get(page)["Location"].startswith(LOGIN)


def test_a_begun_choice_waits_no_longer_than_a_session(clock: time_machine.Traveller):
    client, user = Client(), make_set()
    post_login(client, user.username, "")
    clock.shift(timedelta(minutes=16))
    assert choose(client) == LOGIN


def test_a_factor_taken_away_meanwhile_ends_the_choice():
    client, user = Client(), make_set()
    post_login(client, user.username, code_of(make_device(user)))
    second_factor.reset(user, by=make_staff(Role.ADMINISTRATOR), at=INSIDE)
    assert choose(client) == LOGIN


def test_a_session_from_before_the_password_had_to_be_chosen_opens_nothing():
    client, user = Client(), make_staff(Role.OFFICE)
    log_in(client, user)
    StaffUser.objects.filter(pk=user.pk).update(password_chosen_at=None)
    assert not is_in(client)


@pytest.mark.parametrize("reset", ["password", "factor"])
def test_a_begun_enrolment_ends_with_a_reset(reset: str):
    client, user = Client(), make_staff(Role.TEAM)
    post_login(client, user.username, "")
    device = Authenticator.objects.get(user=user)
    if reset == "password":
        passwords.reset_password(user, AGAIN, by=None, at=INSIDE)
    else:
        second_factor.reset(user, by=make_staff(Role.ADMINISTRATOR), at=INSIDE)
    assert client.get(ENROL)["Location"] == LOGIN
    assert client.post(ENROL, {"otp_token": code_of(device)})["Location"] == LOGIN
    assert not Authenticator.objects.is_bound(user)
    assert not is_in(client)


def test_a_reset_between_the_look_and_the_deed_ends_an_enrolment_too():
    """Saving a device that is gone would bring it back."""
    user = make_staff(Role.TEAM)
    device = second_factor.begin(user)
    passwords.reset_password(user, AGAIN, by=None, at=INSIDE)
    with pytest.raises(second_factor.AlreadyEnrolled):
        second_factor.confirm(device, code_of(device), at=INSIDE)
    assert not Authenticator.objects.exists()


def test_a_begun_enrolment_ends_with_the_password_even_if_its_device_stayed():
    client, user = Client(), make_staff(Role.TEAM)
    post_login(client, user.username, "")
    device = Authenticator.objects.get(user=user)
    changed = StaffUser.objects.get(pk=user.pk)
    changed.set_password(AGAIN)
    changed.save(update_fields=["password"])
    assert client.post(ENROL, {"otp_token": code_of(device)})["Location"] == LOGIN
    assert not Authenticator.objects.is_bound(user)


def test_whoever_was_reset_is_not_let_in_again_before_choosing():
    intake = make_intake()
    office, user = make_clerk(intake, intake.office), make_clerk(intake, intake.desks[0])
    make_device(user)
    passwords.reset_password(user, AGAIN, by=None, at=INSIDE)
    keyring = Keyring(office, secret_under(office, PASSWORD))
    with pytest.raises(granting.GrantRefused, match="还没有选自己的密码"):
        granting.grant(user, intake.desks[0], keyring=keyring, by=office, at=INSIDE)


def test_the_page_says_why_and_has_no_inline_style():
    client, user = Client(), make_set()
    post_login(client, user.username, "")
    response = client.get(CHOOSE)
    page = response.content.decode()
    assert "它是别人设的，只能用来换密码" in page
    assert "下一步是绑定手机上的验证器" in page
    assert "style=" not in page
    assert "no-store" in response["Cache-Control"]


def test_the_page_needs_its_token():
    client, user = Client(enforce_csrf_checks=True), make_set()
    open_client = Client()
    post_login(open_client, user.username, "")
    client.cookies = open_client.cookies
    assert client.post(CHOOSE, {"new_password1": OWN, "new_password2": OWN}).status_code == 403
