"""Between the right password and being in: nobody is logged in, and one page is open.

The session remembers whose step it is. It ends with the password: whoever set another one
meanwhile has ended what was begun.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django_otp.models import Device

from inspection import clock
from intake.models import StaffUser
from intake.staff.entering import sessions

SESSION_ENTRY = sessions.HALF_WAY


class Step(StrEnum):
    """What a member has to do before being let in."""

    CHOOSE = "choose"
    ENROL = "enrol"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose step it is, with which device, and where to go afterwards."""

    user: StaffUser
    target: str
    device: Device | None


def begin(
    request: HttpRequest, step: Step, user: StaffUser, *, target: str, device: Device | None
) -> None:
    """Whatever the session held before belongs to somebody else, or is over."""
    request.session.flush()
    sessions.begin(request.session, real_at=clock.real_now())
    request.session[SESSION_ENTRY] = {
        "step": step.value,
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "device": device.persistent_id if device else "",
        "target": target,
    }


def waiting(request: HttpRequest, step: Step) -> Waiting | None:
    """Who may take this step; None when nobody may, or no longer."""
    kept = request.session.get(SESSION_ENTRY)
    if not kept or kept["step"] != step:
        return None
    user = StaffUser.objects.filter(pk=kept["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), kept["password"]):
        return None
    device = Device.from_persistent_id(kept["device"]) if kept["device"] else None
    if kept["device"] and (device is None or device.user_id != user.pk):
        return None
    return Waiting(user, kept["target"], device)
