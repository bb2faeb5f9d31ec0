"""Changes passwords. A member's own change keeps the keys; a reset by another cannot."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from intake import audit
from intake.choices import Action
from intake.models import DeskAccess, StaffKey, StaffUser
from intake.staff import accounts, signing_in
from intake.unsealing import CannotOpen, WrongPassword, unwrap_identity, wrap_identity


class KeyDoesNotOpen(Exception):
    """The old password is right, but it does not open the member's key."""


def change_password(user: StaffUser, *, old: str, new: str, at: datetime) -> None:
    """Wraps the same key under the new password; the desks stay open."""
    validate_password(new, user)
    with transaction.atomic():
        key = StaffKey.objects.select_for_update().get(user=user)
        try:
            secret = unwrap_identity(key.wrapped_identity, old)
        except (WrongPassword, CannotOpen) as error:
            raise KeyDoesNotOpen("您的密钥打不开，请系统管理员重设密码。") from error
        key.wrapped_identity = wrap_identity(secret, new, cost=accounts.password_cost())
        key.save(update_fields=["wrapped_identity"])
        user.set_password(new)
        user.save(update_fields=["password"])
        audit.record(Action.CHANGE_PASSWORD, by=user, at=at, obj=user, kind="own")


def reset_password(user: StaffUser, new: str, *, by: StaffUser | None, at: datetime) -> None:
    """Sets a password without the old one: a new key, and no desk until the office grants it.

    Whoever resets a password must not thereby come to read reports.
    """
    validate_password(new, user)
    with transaction.atomic():
        user.set_password(new)
        user.save(update_fields=["password"])
        accounts.make_key(user, new)
        dropped, _ = DeskAccess.objects.filter(user=user).delete()
        signing_in.unlock(user.username)
        audit.record(Action.CHANGE_PASSWORD, by=by, at=at, obj=user, kind="reset", dropped=dropped)
