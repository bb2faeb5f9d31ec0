"""The second factor: one-time codes from a phone, and recovery codes on paper.

Devices keep real time and slow repeated guesses down by themselves (django-otp).
"""

from base64 import b32decode, b32encode
from datetime import datetime
from unicodedata import normalize

from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from intake import audit
from intake.choices import Action
from intake.models import StaffUser

_RECOVERY_CODES = 10
_NAME = "验证器"


class AlreadyEnrolled(Exception):
    """The member has confirmed another device in the meantime."""


def is_enrolled(user: StaffUser) -> bool:
    """Whether logging in needs a code already."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def begin(user: StaffUser) -> TOTPDevice:
    """A fresh device that counts only once its first code was shown.

    Earlier unconfirmed ones go: whoever began before may have seen their secret.
    """
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user, confirmed=False).delete()
        device: TOTPDevice = TOTPDevice.objects.create(user=user, name=_NAME, confirmed=False)
    return device


def confirm(device: TOTPDevice, token: str, *, at: datetime) -> list[str]:
    """Enrols with the first code and logs in; gives the recovery codes, empty if it is wrong."""
    with transaction.atomic():
        user = StaffUser.objects.select_for_update().get(pk=device.user_id)
        if is_enrolled(user):
            raise AlreadyEnrolled
        if not device.verify_token(plain(token)):
            return []
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        audit.record(Action.ENROL, by=user, at=at, obj=user, kind="confirmed")
        audit.record(Action.LOGIN, by=user, at=at, obj=user, factor="totp")
        return _new_recovery_codes(user)


def check(user: StaffUser, token: str) -> Device | None:
    """The device that accepts the token, inside the caller's transaction: a code works once."""
    token = plain(token)
    devices = TOTPDevice if token.isascii() and token.isdigit() else StaticDevice
    for device in devices.objects.devices_for_user(user, confirmed=True).select_for_update():
        if device.verify_token(token):
            return device
    return None


def reset(user: StaffUser, *, by: StaffUser, at: datetime) -> None:
    """Forgets a lost phone: the next login enrols another."""
    with transaction.atomic():
        for devices in (TOTPDevice, StaticDevice):
            devices.objects.filter(user=user).delete()
        audit.record(Action.ENROL, by=by, at=at, obj=user, kind="reset")


def give(user: StaffUser, *, secret: str) -> TOTPDevice:
    """Enrols an account of the demo with a secret (base32) that everybody may know."""
    device: TOTPDevice = TOTPDevice.objects.create(
        user=user, name=_NAME, confirmed=True, key=b32decode(secret).hex()
    )
    return device


def secret_of(device: TOTPDevice) -> str:
    """The secret in base32, as authenticator apps take it."""
    return b32encode(device.bin_key).decode()


def plain(token: str) -> str:
    """The token as people type it, without blanks, hyphens, capitals and full-width digits."""
    return "".join(normalize("NFKC", token).split()).replace("-", "").lower()


def _new_recovery_codes(user: StaffUser) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="恢复码", confirmed=True)
    codes = [StaticToken.random_token() for _ in range(_RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes
