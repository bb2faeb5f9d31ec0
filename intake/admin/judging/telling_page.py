"""POST of 已告知: on which day, and how, a named reporter was told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import item_address
from intake.admin.items.clock_card import Again, TellForm, form_options, refused
from intake.admin.items.item_page import log_in_again
from intake.admin.who import member
from intake.casework.deadlines import telling
from intake.choices import ToldBy
from intake.models import Submission
from intake.staff.keyring import KeyringMissing, keyring_of


def tell_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks, the same of any item."""
    return TellForm.base_fields


def tell_view(request: HttpRequest, item: Submission, again: Again) -> HttpResponse:
    """POST `rule`, `told_on`, `told_by`, `note`: ends the clock; what was refused stays typed."""
    user, at = member(request), received_at(request)
    if not user.may(Deed.HANDLE):
        raise PermissionDenied
    form = TellForm(request.POST, **form_options("tell", request.POST.get("rule", "")))
    if not form.is_valid():
        return refused(request, form, "没有记下", again)
    said = form.cleaned_data
    try:
        telling.tell(
            item,
            said["rule"],
            on=said["told_on"],
            told_by=ToldBy(said["told_by"]),
            note=said["note"].strip(),
            keyring=keyring_of(request),
            by=user,
            at=at,
        )
    except KeyringMissing:
        return log_in_again(request)
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except telling.CannotTell as error:
        form.add_error("told_on", str(error))
        return refused(request, form, "没有记下", again)
    messages.success(request, "已记下告知反映人，这个期限结束，已留痕。")
    return redirect(item_address(request, item))
