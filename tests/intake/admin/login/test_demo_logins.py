"""The demo, and only the demo, lists its accounts on the login page."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from intake.choices import Role
from intake.models import Authenticator, StaffUser
from intake.staff.entering import second_factor
from tests.logging_in import (
    LOGIN,
    make_device,
    post_login,
    standing_clock,
)
from tests.making import PASSWORD, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it."""
    with standing_clock() as moved:
        yield moved


def make_demo_file(path: Path, user: StaffUser, device: Authenticator) -> Path:
    entry = {
        "username": user.username,
        "password": PASSWORD,
        "totp_secret": second_factor.secret_of(device),
        "role": "auditor",
        "team": None,
    }
    path.write_text(json.dumps([entry, {**entry, "username": "li", "team": "授权第一巡察组"}]))
    return path


def shown_code(page: str) -> str:
    found = re.search(r"<code>(\d{6})</code>", page)
    assert found
    return found[1]


def test_the_demo_lists_its_accounts_with_a_code_that_works(
    client: Client, settings: Any, tmp_path: Path
):
    user = make_staff(Role.AUDITOR)
    settings.DEMO_LOGINS = str(make_demo_file(tmp_path / "logins.json", user, make_device(user)))
    page = client.get(LOGIN).content.decode()
    assert "演示账号" in page
    assert PASSWORD in page
    assert "审计员" in page
    assert "授权第一巡察组" in page
    assert post_login(client, user.username, shown_code(page)).status_code == 302
    again = shown_code(Client().get(LOGIN).content.decode())
    assert post_login(Client(), user.username, again).status_code == 302


@pytest.mark.parametrize("change", [{"DEMO_LOGINS": ""}, {"DEVELOPMENT": False}])
def test_no_other_site_lists_accounts(
    client: Client, settings: Any, tmp_path: Path, change: dict[str, Any]
):
    user = make_staff(Role.AUDITOR)
    settings.DEMO_LOGINS = str(make_demo_file(tmp_path / "logins.json", user, make_device(user)))
    for name, value in change.items():
        setattr(settings, name, value)
    page = client.get(LOGIN).content.decode()
    assert "演示账号" not in page
    assert PASSWORD not in page
