"""Changes passwords. A member's own change keeps the keys; a reset by another cannot."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from intake import audit
from intake.choices import Action
from intake.models import DeskAccess, StaffKey, StaffUser
from intake.staff import accounts, hashing
from intake.unsealing import CannotOpen, WrongPassword


class KeyDoesNotOpen(Exception):
    """The old password is right, but it does not open the member's key."""


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

    Whoever resets a password must not thereby come to read reports.
    """
    validate_password(new, user)
    chosen = hashing.choose(new)
    with transaction.atomic():
        user.password = chosen.password
        user.save(update_fields=["password"])
        accounts.keep_key(user, chosen)
        dropped, _ = DeskAccess.objects.filter(user=user).delete()
        audit.record(Action.CHANGE_PASSWORD, by=by, at=at, obj=user, kind="reset", dropped=dropped)
