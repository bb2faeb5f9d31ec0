"""Who reaches the pages of coming, going and passwords: strangers, half-way in, each role."""

import pytest
from django.test import Client

from intake.choices import Role
from tests.logging_in import log_in, post_login
from tests.making import make_staff

pytestmark = pytest.mark.django_db

LOGIN, ENROL, LOGOUT = "/admin/login/", "/admin/login/enrol/", "/admin/logout/"
CHANGE, CHANGED = "/admin/password_change/", "/admin/password_change/done/"


def answers(client: Client) -> dict[str, int]:
    return {path: client.get(path).status_code for path in (LOGIN, ENROL, CHANGE, CHANGED)}


def test_strangers_see_the_login_only(client: Client):
    assert answers(client) == {LOGIN: 200, ENROL: 302, CHANGE: 302, CHANGED: 302}
    assert client.post(LOGOUT).status_code == 302


def test_half_way_in_is_not_in(client: Client):
    post_login(client, make_staff(Role.OFFICE).username, "")
    assert answers(client) == {LOGIN: 200, ENROL: 200, CHANGE: 302, CHANGED: 302}
    assert client.post(CHANGE, {}).status_code == 302


@pytest.mark.parametrize("role", Role.values)
def test_every_role_changes_its_own_password(client: Client, role: Role):
    log_in(client, make_staff(role))
    assert answers(client) == {LOGIN: 302, ENROL: 302, CHANGE: 200, CHANGED: 200}


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("path", [LOGIN, ENROL, LOGOUT, CHANGE])
def test_wrong_methods_are_refused(client: Client, role: Role, path: str):
    log_in(client, make_staff(role))
    assert {client.put(path).status_code, client.delete(path).status_code} == {405}
