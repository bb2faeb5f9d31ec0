"""Makes accounts. Each has a key of its own, which the password opens."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from intake import audit, sealing
from intake.choices import Action, Role
from intake.models import StaffKey, StaffUser
from intake.unsealing import PasswordCost, wrap_identity


def create(
    username: str,
    password: str,
    *,
    role: Role,
    full_name: str = "",
    by: StaffUser | None = None,
    at: datetime,
    is_own: bool = False,
) -> StaffUser:
    """An account that opens no desk yet; ValidationError when a name or the password is bad.

    The password is somebody else's unless `is_own`, as for the invented members of the demo.
    """
    user = StaffUser(username=username, role=role, full_name=full_name, date_joined=at)
    user.password_chosen_at = at if is_own else None
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    with transaction.atomic():
        user.save()
        key = make_key(user, password)
        audit.record(
            Action.CREATE_STAFF,
            by=by,
            at=at,
            obj=user,
            role=str(role),
            recipient=key.recipient,
        )
    return user


def make_key(user: StaffUser, password: str) -> StaffKey:
    """A new key instead of the one that the member may have."""
    identity = sealing.new_identity()
    key, _ = StaffKey.objects.update_or_create(
        user=user,
        defaults={
            "recipient": identity.recipient,
            "wrapped_identity": wrap_identity(identity.secret, password, cost=password_cost()),
        },
    )
    return key


def password_cost() -> PasswordCost:
    """What one guess at a staff key costs here."""
    return PasswordCost(memory=settings.STAFF_KEY_MEMORY_KIB)


def sentences(error: ValidationError) -> str:
    """What a ValidationError says, as one line."""
    return "".join(str(message) for message in error.messages)
