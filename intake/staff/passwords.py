"""Changes passwords. A member's own change keeps the keys; a reset by another cannot.

What somebody else set is good for one thing only: choosing an own password, under a new key.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from intake import audit
from intake.choices import Action
from intake.models import Authenticator, StaffKey, StaffUser
from intake.sealing.unsealing import CannotOpen, WrongPassword
from intake.staff import accesses, accounts, hashing
from intake.staff.accesses import Renewed
from intake.staff.entering.guesses import guess_at_own_password
from intake.staff.hashing import TryAgain


class KeyDoesNotOpen(Exception):
    """The old password is right, but it does not open the member's key."""


class SetMeanwhile(Exception):
    """Somebody set another password, or chose one, since this one was shown."""


def choose_password(
    user: StaffUser, new: str, *, old_secret: str | None, at: datetime
) -> tuple[str, Renewed]:
    """The member's own password instead of one that was set: gives the new key's secret.

    `old_secret` is what the set password opened; by it the desks of the set-up are carried over.
    ValidationError when the new one is bad, or no other.
    """
    validate_password(new, user)
    with hashing.turn():
        if hashing.is_right(new, user.password)[0]:
            raise ValidationError("不能再用别人给您设的密码，请换一个。")
        chosen = hashing.choose(new)
    with transaction.atomic():
        accesses.hold_key(user)
        if not StaffUser.objects.filter(
            pk=user.pk, password=user.password, password_chosen_at=None
        ).exists():
            raise SetMeanwhile
        user.password, user.password_chosen_at = chosen.password, at
        key, is_new = accounts.renew_key(user, chosen)
        renewed = accesses.carry_over(user, chosen.recipient, old_secret=old_secret)
        audit.record(
            Action.CHANGE_PASSWORD,
            by=user,
            at=at,
            obj=user,
            made=[key] if is_new else [],
            changed=[user, *renewed.carried] if is_new else [user, key, *renewed.carried],
            removed=renewed.dropped,
            kind="first",
            recipient=chosen.recipient,
            carried=len(renewed.carried),
            dropped=len(renewed.dropped),
        )
        user.save(update_fields=["password", "password_chosen_at"])
        key.save()
        for access in renewed.carried:
            access.save(update_fields=["sealed_identity"])
    return chosen.secret, renewed


def is_own(
    user: StaffUser, typed: str, *, at: datetime, real_at: datetime, to_sign: bool = False
) -> bool:
    """Whether a member who is logged in knows the password; each wrong guess is an event.

    Guesses `to_sign` count with those to change it. Raises PasswordLocked after too many, for
    half an hour.
    """
    guess = guess_at_own_password(user, at=real_at).count()
    try:
        is_right, _ = hashing.is_right(typed, user.password)
    except TryAgain:
        guess.take_back()
        raise
    if is_right:
        guess.was_right()
        return True
    with transaction.atomic():
        guess.was_wrong()
        action = Action.NOT_SIGNED if to_sign else Action.CHANGE_PASSWORD
        said: dict[str, Any] = {} if to_sign else {"kind": "refused"}
        audit.record(action, by=user, at=at, obj=user, attempt=guess.attempt, **said)
    return False


def change_password(user: StaffUser, *, old: str, new: str, at: datetime) -> None:
    """Wraps the same key under the new password; the desks stay open."""
    validate_password(new, user)
    locked = StaffKey.objects.get(user=user).wrapped_identity
    try:
        with hashing.turn():
            locked_anew = hashing.wrap(hashing.unwrap(locked, old), new)
            hashed = make_password(new)
    except (WrongPassword, CannotOpen) as error:
        raise KeyDoesNotOpen("您的密钥打不开，请系统管理员重设密码。") from error
    with transaction.atomic():
        # Whoever reset the password meanwhile has made another key, which must stay.
        if not StaffKey.objects.filter(user=user, wrapped_identity=locked).update(
            wrapped_identity=locked_anew
        ):
            raise KeyDoesNotOpen("密码刚才被重设了，这次没有改成。请重新登录。")
        user.password = hashed
        user.save(update_fields=["password"])
        audit.record(Action.CHANGE_PASSWORD, by=user, at=at, obj=user, kind="own")


def reset_password(user: StaffUser, new: str, *, by: StaffUser | None, at: datetime) -> None:
    """Sets a password without the old one: a new key, and no desk until the office grants it.

    Whoever resets a password must not thereby come to read reports; so it opens nothing but the
    page where the member chooses an own one. What the member began before ends.
    """
    validate_password(new, user)
    chosen = hashing.choose(new)
    with transaction.atomic():
        user.password, user.password_chosen_at = chosen.password, None
        key, is_new = accounts.renew_key(user, chosen)
        dropped = accesses.drop_all(user)
        Authenticator.objects.devices_for_user(user, confirmed=False).delete()
        audit.record(
            Action.CHANGE_PASSWORD,
            by=by,
            at=at,
            obj=user,
            made=[key] if is_new else [],
            changed=[user] if is_new else [user, key],
            removed=dropped,
            kind="reset",
            recipient=chosen.recipient,
            dropped=len(dropped),
        )
        key.save()
        user.save(update_fields=["password", "password_chosen_at"])
