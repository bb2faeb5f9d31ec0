"""Lets a member in: user name, password and one-time code together, or not at all.

Locks run on real time. They hold for names that do not exist as well, in the same words, so
that nobody learns which names do.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth import authenticate
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice

from intake import audit, limits
from intake.choices import Action
from intake.models import StaffKey, StaffUser
from intake.staff import second_factor
from intake.unsealing import CannotOpen, WrongPassword, unwrap_identity

ATTEMPTS = 5
LOCK_SECONDS = 30 * 60

logger = logging.getLogger(__name__)


class NotLetIn(Exception):
    """Refused; it does not tell which part was wrong."""

    message = (
        "没有登录成功：用户名、密码或验证码不对。验证码每30秒换一次，用过的不能再用。"
        f"连续{ATTEMPTS}次不对，账号会锁定{LOCK_SECONDS // 60}分钟。"
    )


class Locked(NotLetIn):
    """Too many failures; even what is right is refused."""

    message = (
        f"连续{ATTEMPTS}次没有登录成功，这个账号已经锁定{LOCK_SECONDS // 60}分钟。"
        "请过后再试；忘了密码的，请找系统管理员。"
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may come in. Without a device the member has to enrol one first."""

    user: StaffUser
    device: Device | None
    secret: str | None = field(repr=False)


def sign_in(username: str, password: str, token: str, *, at: datetime, real_at: datetime) -> Entry:
    """Checks all three; NotLetIn or Locked when one is wrong."""
    name = StaffUser.normalize_username(username)
    attempt = _count(name, real_at)
    user = authenticate(username=name, password=password)
    if not isinstance(user, StaffUser) or not user.is_staff:
        raise _refusal(name, attempt, at, real_at)
    device = None
    if second_factor.is_enrolled(user):
        device = _check_and_record(user, token, at)
        if device is None:
            raise _refusal(name, attempt, at, real_at)
    limits.clear(_failures(name))
    return Entry(user, device, _own_secret(user, password))


def unlock(username: str) -> None:
    """Ends a lock before its time."""
    limits.clear(_failures(username))
    limits.clear(_lock(username))


def _count(name: str, real_at: datetime) -> int:
    """Counts an attempt before it is checked, so that many at once are not more guesses."""
    attempt = limits.hit(_failures(name), seconds=LOCK_SECONDS, at=real_at)
    if limits.peek(_lock(name), at=real_at):
        limits.clear(_failures(name))
        raise Locked
    if attempt > ATTEMPTS:
        raise Locked
    return attempt


def _check_and_record(user: StaffUser, token: str, at: datetime) -> Device | None:
    with transaction.atomic():
        device = second_factor.check(user, token)
        if device is not None:
            factor = "recovery_code" if isinstance(device, StaticDevice) else "totp"
            audit.record(Action.LOGIN, by=user, at=at, obj=user, factor=factor)
    return device


def _refusal(name: str, attempt: int, at: datetime, real_at: datetime) -> NotLetIn:
    """Records the failure. A name that no account has is not kept: it may be a password."""
    user = StaffUser.objects.filter(username=name).first()
    is_last = attempt >= ATTEMPTS
    with transaction.atomic():
        audit.record(Action.LOGIN_FAILED, by=None, at=at, obj=user, attempt=attempt)
        if is_last:
            audit.record(Action.LOGIN_LOCKED, by=None, at=at, obj=user)
            limits.hit(_lock(name), seconds=LOCK_SECONDS, at=real_at)
            limits.clear(_failures(name))
    return Locked() if is_last else NotLetIn()


def _own_secret(user: StaffUser, password: str) -> str | None:
    """The member's identity; None when there is no key that this password opens."""
    key = StaffKey.objects.filter(user=user).first()
    if key is None:
        return None
    try:
        return unwrap_identity(key.wrapped_identity, password)
    except (WrongPassword, CannotOpen):
        logger.warning("the key of staff user %s does not open under the password", user.pk)
        return None


def _failures(name: str) -> str:
    return f"login-failures:{name}"


def _lock(name: str) -> str:
    return f"login-lock:{name}"
