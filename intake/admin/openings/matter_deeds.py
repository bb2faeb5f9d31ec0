"""What is done with a sealed matter on its pages, or why not, said at the form."""

from datetime import datetime
from typing import Any

from django.http import Http404

from inspection.models import Round
from intake.admin.openings.matter_forms import (
    CorrectForm,
    KeepForm,
    SendForm,
    WitnessForm,
    told,
)
from intake.casework.sealed import sealed_matters
from intake.casework.sealed.sealed_matters import CannotKeepSealed
from intake.models import SealedMatter, StaffUser

DONE = {
    "send": "已签名。请另一个人用自己的账号登录，到这一页签名见证。",
    "witness": "已签名见证。",
    "correct": "登记已更正，已留痕。",
}
DEEDS = tuple(DONE)


def form_for(
    deed: str, matter: SealedMatter, user: StaffUser, at: datetime, data: Any = None
) -> Any:
    """The form of a deed, as it stands with the matter where nothing was sent."""
    if deed == "correct":
        mark = sealed_matters.mark_of(matter)
        shown: dict[str, Any] = {
            "received_on": matter.received_on,
            "keeper": matter.keeper_id,
            "seen": mark,
        }
        return CorrectForm(
            data,
            keepers=sealed_matters.keepers(matter.round),
            initial=shown,
            auto_id="id_correct_%s",
        )
    shown = {
        "sent_on": matter.sent_on or at.astimezone(matter.round.zone).date(),
        "seen": matter.sent_on.isoformat() if matter.sent_on else "",
    }
    kind = SendForm if deed == "send" else WitnessForm
    return kind(data, user=user, at=at, initial=shown)


def is_done(deed: str, matter: SealedMatter, form: Any, user: StaffUser, at: datetime) -> bool:
    """Whether it was done; what was refused, the form then says. Raises Http404."""
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        if deed == "send":
            sealed_matters.send_on(matter, said["sent_on"], by=user, at=at)
        elif deed == "witness":
            sealed_matters.witness(matter, seen=said["seen"], by=user, at=at)
        else:
            day, keeper = said["received_on"], said["keeper"]
            sealed_matters.correct(matter, day, keeper, seen=said["seen"], by=user, at=at)
    except CannotKeepSealed as error:
        told(form, error)
        return False
    except SealedMatter.DoesNotExist as error:
        raise Http404 from error
    return True


def kept(form: KeepForm, round_: Round, user: StaffUser, at: datetime) -> SealedMatter | None:
    """The new matter; None where it was refused, which the form then says."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    day, keeper, expected = said["received_on"], said["keeper"], said["expected"] or 0
    try:
        return sealed_matters.keep(round_, day, keeper, expected=expected, by=user, at=at)
    except CannotKeepSealed as error:
        told(form, error)
        return None


def fitting(matter: SealedMatter, user: StaffUser) -> str:
    """The deed that is this member's to do now; '' for none."""
    if matter.second_signed_by_id is not None:
        return ""
    is_mine = matter.first_signed_by_id in (None, user.pk)
    return "send" if is_mine else "witness"
