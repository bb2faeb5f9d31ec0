"""Lets a member in: user name, password and one-time code together, or not at all.

How often anybody may try is in `guesses`; hashing is done apart, see `hashing`.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice

from intake import audit
from intake.choices import Action
from intake.models import StaffKey, StaffUser
from intake.sealing.unsealing import CannotOpen, WrongPassword
from intake.staff import hashing
from intake.staff.entering import guesses, second_factor
from intake.staff.entering.browsers import mark_of
from intake.staff.entering.guesses import Guess, Locked, NotLetIn, Sender
from intake.staff.hashing import TryAgain

logger = logging.getLogger(__name__)

NOBODY = Sender()


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may come in. Without a device the member has to enrol one first."""

    user: StaffUser
    device: Device | None
    secret: str | None = field(repr=False)


def sign_in(
    username: str,
    password: str,
    token: str,
    *,
    at: datetime,
    real_at: datetime,
    sender: Sender = NOBODY,
) -> Entry:
    """Checks all three; NotLetIn or one of its kinds when one is wrong, TryAgain in a crowd."""
    name = StaffUser.normalize_username(username)
    user = StaffUser.objects.filter(username=name).first()
    guess = guesses.guess_at(name, mark_of(user), sender, at=real_at).count()
    try:
        checked = _checked(user, password, token, guess, at)
    except TryAgain:
        guess.take_back()
        raise
    if isinstance(checked, NotLetIn):
        is_last = _record_failure(user, guess, at)
        raise Locked() if is_last else checked
    guess.was_right()
    return checked


def _checked(
    user: StaffUser | None, password: str, token: str, guess: Guess, at: datetime
) -> Entry | NotLetIn:
    """All hashes in one turn, so that a code that was taken never meets a full queue."""
    if user is None and guesses.too_many_unknown(at=guess.at):
        return NotLetIn()
    with hashing.turn() if guess.network is None else hashing.stranger_s_turn(guess.network):
        is_right, newer = hashing.is_right(password, user.password if user else None)
        if user is None or not (is_right and user.is_active and user.is_staff):
            return NotLetIn()
        device = None
        if second_factor.is_enrolled(user):
            device = _check_and_record(user, token, at)
            if device is None:
                return NotLetIn(second_factor.clock_words(user, token, guess.at))
        if newer:
            # A password that was set in the meantime stays.
            StaffUser.objects.filter(pk=user.pk, password=user.password).update(password=newer)
            user.password = newer
        return Entry(user, device, _own_secret(user, password))


def _check_and_record(user: StaffUser, token: str, at: datetime) -> Device | None:
    with transaction.atomic():
        device = second_factor.check(user, token)
        if device is not None:
            factor = "recovery_code" if isinstance(device, StaticDevice) else "totp"
            audit.record(Action.LOGIN, by=user, at=at, obj=user, factor=factor)
    return device


def _record_failure(user: StaffUser | None, guess: Guess, at: datetime) -> bool:
    """Whether it was the last before a lock. A name that no account has is not kept."""
    with transaction.atomic():
        is_last = guess.was_wrong()
        if user is not None:
            audit.record(Action.LOGIN_FAILED, by=None, at=at, obj=user, attempt=guess.attempt)
        if user is not None and is_last:
            audit.record(Action.LOGIN_LOCKED, by=None, at=at, obj=user)
    if user is None:
        guesses.count_unknown(at=at, real_at=guess.at)
    return is_last


def _own_secret(user: StaffUser, password: str) -> str | None:
    """The member's identity; None when there is no key that this password opens."""
    key = StaffKey.objects.filter(user=user).first()
    if key is None:
        return None
    try:
        return hashing.unwrap(key.wrapped_identity, password)
    except (WrongPassword, CannotOpen):
        logger.warning("the key of staff user %s does not open under the password", user.pk)
        return None
