"""What the database holds of second factors lets nobody in who has only the database."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import given
from hypothesis import strategies as st

from intake.choices import Role
from intake.models import Authenticator
from intake.sealing.second_factor_seal import SealBroken, kept_code, opened, sealed
from intake.staff.entering import second_factor
from tests.logging_in import NOT_LET_IN, code_of, make_device, post_login, refused, standing_clock
from tests.making import make_staff

KEY = b"an invented key that is long enough"
# What an authenticator app was given before the secrets were sealed.
OLD_SECRET = "3132333435363738393031323334353637383930"
OLD_CODE = "abcd2345"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it."""
    with standing_clock() as moved:
        yield moved


@given(secret=st.binary(min_size=1, max_size=32), owner=st.integers(0, 2**63 - 1))
def test_a_secret_opens_again_and_fits_the_column(secret: bytes, owner: int):
    kept = sealed(secret, owner=owner, key=KEY)
    assert opened(kept, owner=owner, key=KEY) == secret
    assert len(kept) <= 80
    assert secret.hex() not in kept or len(secret) < 4


@pytest.mark.parametrize(
    ("owner", "key"), [(8, KEY), (7, KEY + b"x")], ids=["another member", "another key"]
)
def test_a_secret_opens_for_its_member_and_key_alone(owner: int, key: bytes):
    with pytest.raises(SealBroken):
        opened(sealed(b"secret", owner=7, key=KEY), owner=owner, key=key)
    assert kept_code(OLD_CODE, owner=owner, key=key) != kept_code(OLD_CODE, owner=7, key=KEY)


@pytest.mark.parametrize("kept", ["", "A", "x" * 64, OLD_SECRET, "é", "AAAA"])
def test_what_is_no_sealed_secret_does_not_open(kept: str):
    with pytest.raises(SealBroken):
        opened(kept, owner=7, key=KEY)


@pytest.mark.django_db
def test_no_row_holds_a_secret_or_a_recovery_code(client: Client, clock: time_machine.Traveller):
    user = make_staff(Role.AUDITOR)
    device = second_factor.begin(user)
    codes = second_factor.confirm(device, code_of(device), at=user.date_joined)
    stored = Authenticator.objects.values_list("key", flat=True).get()
    assert device.bin_key.hex() not in stored.lower()
    assert second_factor.secret_of(device) not in stored
    kept = list(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == len(codes) == 10
    assert not set(kept) & set(codes)
    assert refused(client, user.username, kept[0]).startswith(NOT_LET_IN)
    clock.shift(30)
    assert post_login(client, user.username, codes[0]).status_code == 302


@pytest.mark.django_db
def test_a_device_copied_from_another_member_does_not_let_in(client: Client):
    forger, victim = make_device(make_staff(Role.AUDITOR)), make_staff(Role.AUDITOR)
    make_device(victim)
    Authenticator.objects.filter(user=victim).update(key=forger.key)
    refused(client, victim.username, code_of(forger))


@pytest.mark.django_db
def test_a_secret_in_clear_that_somebody_wrote_into_the_database_does_not_let_in(client: Client):
    user = make_staff(Role.AUDITOR)
    planted = TOTPDevice.objects.create(user=user, confirmed=True, key=OLD_SECRET)
    refused(client, user.username, code_of(planted))


@pytest.mark.django_db
def test_under_another_key_nobody_comes_in_and_the_log_says_why(
    client: Client, settings: Any, caplog: pytest.LogCaptureFixture
):
    user = make_staff(Role.AUDITOR)
    code = code_of(make_device(user))
    settings.SECOND_FACTOR_KEY = b"another key, after a careless change"
    refused(client, user.username, code)
    assert "SECOND_FACTOR_KEY differs" in caplog.text
    assert code not in caplog.text
