"""The second factor: one-time codes from a phone, and recovery codes on paper.

Devices keep real time. How often anybody may guess is in `guesses`: django-otp's own throttle,
which is off, refuses a right code after a wrong one. The database holds neither the secret of a
phone nor a recovery code as it is; see `intake.sealing.second_factor_seal`.
"""

import logging
from base64 import b32decode, b32encode
from contextlib import suppress
from datetime import datetime
from unicodedata import normalize

from django.conf import settings
from django.db import transaction
from django_otp.models import Device
from django_otp.oath import hotp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from inspection.unseen import bare
from intake import audit
from intake.choices import Action
from intake.models import Authenticator, StaffUser
from intake.sealing.second_factor_seal import SealBroken, kept_code
from intake.staff import accesses

_RECOVERY_CODES = 10
# An hour to either side: a code of another time is told from a wrong one, and let in is neither.
_STEPS_OFF = 120
_IS_SLOW = (
    "您输入的验证码是大约{minutes}分钟以前的。"
    "手机上现在显示的就是它的话，手机的时间慢了大约{minutes}分钟。"
)
_IS_FAST = "您手机的时间快了大约{minutes}分钟，验证码现在还不能用。"
_SET_CLOCK = "请在手机的设置里打开“自动设置时间”，再输入新的验证码。"

logger = logging.getLogger(__name__)


class AlreadyEnrolled(Exception):
    """The member has confirmed another device meanwhile, or a reset ended what was begun."""


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
        begun = Authenticator.objects.select_for_update().filter(pk=device.pk, confirmed=False)
        if is_enrolled(user) or not begun.exists():
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


def clock_words(user: StaffUser, token: str, real_at: datetime) -> str:
    """How the clock of the phone is off that shows this code, which was not used; else ''."""
    for device in Authenticator.objects.devices_for_user(user, confirmed=True):
        with suppress(SealBroken):
            return clock_words_of(device, token, real_at)
    return ""


def clock_words_of(device: Authenticator, token: str, real_at: datetime) -> str:
    """As `clock_words`, for a device that may still have to be confirmed."""
    token = plain(token)
    now = int(real_at.timestamp()) // device.step
    for off in sorted(range(-_STEPS_OFF, _STEPS_OFF + 1), key=abs):
        is_new = now + off > device.last_t
        if (
            is_new
            and f"{hotp(device.bin_key, now + off, device.digits):0{device.digits}d}" == token
        ):
            minutes = max(1, round(abs(off) * device.step / 60))
            return (_IS_SLOW if off < 0 else _IS_FAST).format(minutes=minutes) + _SET_CLOCK
    return ""


def reset(user: StaffUser, *, by: StaffUser, at: datetime) -> None:
    """Forgets a lost phone: the next login enrols another.

    The desks go with it: whoever takes the factor away must not come to read by enrolling one.
    """
    with transaction.atomic():
        dropped = accesses.drop_all(user)
        for devices in (Authenticator, StaticDevice):
            devices.objects.filter(user=user).delete()
        audit.record(
            Action.ENROL,
            by=by,
            at=at,
            obj=user,
            removed=dropped,
            kind="reset",
            dropped=len(dropped),
        )


def give(user: StaffUser, *, secret: str) -> Authenticator:
    """Enrols an account of the demo with a secret (base32) that everybody may know."""
    return Authenticator.objects.bind(user, confirmed=True, secret=b32decode(secret))


def secret_of(device: Authenticator) -> str:
    """The secret in base32, as authenticator apps take it."""
    return b32encode(device.bin_key).decode()


def plain(token: str) -> str:
    """The token as people type it, without blanks, hyphens, capitals and full-width digits."""
    return "".join(normalize("NFKC", bare(token)).split()).replace("-", "").lower()


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
