"""The second factor: one-time codes from a phone, and recovery codes on paper.

Devices keep real time and slow repeated guesses down by themselves (django-otp). The database
holds neither the secret of a phone nor a recovery code as it is; see `intake.second_factor_seal`.
"""

import logging
from base64 import b32decode, b32encode
from datetime import datetime
from unicodedata import normalize

from django.conf import settings
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from intake import audit
from intake.choices import Action
from intake.models import Authenticator, StaffUser
from intake.second_factor_seal import SealBroken, kept_code

_RECOVERY_CODES = 10

logger = logging.getLogger(__name__)


class AlreadyEnrolled(Exception):
    """The member has confirmed another device in the meantime."""


def is_enrolled(user: StaffUser) -> bool:
    """Whether logging in needs a code already."""
    return Authenticator.objects.is_bound(user)


def begin(user: StaffUser) -> Authenticator:
    """A fresh device that counts only once its first code was shown.

    Earlier unconfirmed ones go: whoever began before may have seen their secret.
    """
    with transaction.atomic():
        Authenticator.objects.devices_for_user(user, confirmed=False).delete()
        return Authenticator.objects.bind(user, confirmed=False)


def confirm(device: Authenticator, token: str, *, at: datetime) -> list[str]:
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
    is_shown = token.isascii() and token.isdigit()
    devices = Authenticator if is_shown else StaticDevice
    for device in devices.objects.devices_for_user(user, confirmed=True).select_for_update():
        try:
            if device.verify_token(token if is_shown else _kept(user, token)):
                return device
        except SealBroken:
            logger.error("the second factor of staff user %s: SECOND_FACTOR_KEY differs", user.pk)  # noqa: TRY400
    return None


def reset(user: StaffUser, *, by: StaffUser, at: datetime) -> None:
    """Forgets a lost phone: the next login enrols another."""
    with transaction.atomic():
        for devices in (Authenticator, StaticDevice):
            devices.objects.filter(user=user).delete()
        audit.record(Action.ENROL, by=by, at=at, obj=user, kind="reset")


def give(user: StaffUser, *, secret: str) -> Authenticator:
    """Enrols an account of the demo with a secret (base32) that everybody may know."""
    return Authenticator.objects.bind(user, confirmed=True, secret=b32decode(secret))


def secret_of(device: Authenticator) -> str:
    """The secret in base32, as authenticator apps take it."""
    return b32encode(device.bin_key).decode()


def plain(token: str) -> str:
    """The token as people type it, without blanks, hyphens, capitals and full-width digits."""
    return "".join(normalize("NFKC", token).split()).replace("-", "").lower()


def _new_recovery_codes(user: StaffUser) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="恢复码", confirmed=True)
    codes = [StaticToken.random_token() for _ in range(_RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=_kept(user, code)) for code in codes
    )
    return codes


def _kept(user: StaffUser, code: str) -> str:
    return kept_code(code, owner=user.pk, key=settings.SECOND_FACTOR_KEY)
