"""Makes accounts. Each has a key of its own, which the password opens."""

from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from intake import audit
from intake.choices import Action, Role
from intake.models import StaffKey, StaffUser
from intake.staff import hashing
from intake.staff.hashing import Chosen


def create(
    username: str,
    password: str,
    *,
    role: Role,
    full_name: str = "",
    by: StaffUser | None = None,
    at: datetime,
    may_approve: bool = False,
    is_own: bool = False,
    chosen: Chosen | None = None,
) -> StaffUser:
    """An account that opens no desk yet; ValidationError when a name or the password is bad.

    The password is somebody else's unless `is_own`, as for the invented members of the demo.
    Inside a transaction the caller has hashed it before, and hands that over.
    """
    user = StaffUser(username=username, role=role, full_name=full_name, date_joined=at)
    user.may_approve = may_approve
    user.password_chosen_at = at if is_own else None
    validate_password(password, user)
    chosen = chosen or hashing.choose(password)
    user.password = chosen.password
    user.full_clean()
    said: dict[str, Any] = {"approves": "yes"} if may_approve else {}
    with transaction.atomic():
        user.save()
        key, _ = renew_key(user, chosen)
        audit.record(
            Action.CREATE_STAFF,
            by=by,
            at=at,
            obj=user,
            made=[user, key],
            role=str(role),
            recipient=key.recipient,
            **said,
        )
    return user


def renew_key(user: StaffUser, chosen: Chosen) -> tuple[StaffKey, bool]:
    """A new key instead of the member's own, to be saved after its event.

    Who had none yet gets one that is stored at once: then the second value is true.
    """
    key = StaffKey.objects.filter(user=user).first()
    is_new = key is None
    key = key or StaffKey(user=user)
    key.recipient, key.wrapped_identity = chosen.recipient, chosen.wrapped_identity
    key.recipient_code = audit.key_code(user.pk, chosen.recipient)
    if is_new:
        key.save()
    return key, is_new


def sentences(error: ValidationError) -> str:
    """What a ValidationError says, as one line."""
    return "".join(str(message) for message in error.messages)
