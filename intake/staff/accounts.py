"""Makes accounts. Each has a key of its own, which the password opens."""

from datetime import datetime

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
    is_own: bool = False,
    chosen: Chosen | None = None,
) -> StaffUser:
    """An account that opens no desk yet; ValidationError when a name or the password is bad.

    The password is somebody else's unless `is_own`, as for the invented members of the demo.
    Inside a transaction the caller has hashed it before, and hands that over.
    """
    user = StaffUser(username=username, role=role, full_name=full_name, date_joined=at)
    user.password_chosen_at = at if is_own else None
    validate_password(password, user)
    chosen = chosen or hashing.choose(password)
    user.password = chosen.password
    user.full_clean()
    with transaction.atomic():
        user.save()
        key = keep_key(user, chosen)
        audit.record(
            Action.CREATE_STAFF,
            by=by,
            at=at,
            obj=user,
            role=str(role),
            recipient=key.recipient,
        )
    return user


def keep_key(user: StaffUser, chosen: Chosen) -> StaffKey:
    """A new key instead of the one that the member may have."""
    key, _ = StaffKey.objects.update_or_create(
        user=user,
        defaults={"recipient": chosen.recipient, "wrapped_identity": chosen.wrapped_identity},
    )
    return key


def sentences(error: ValidationError) -> str:
    """What a ValidationError says, as one line."""
    return "".join(str(message) for message in error.messages)
