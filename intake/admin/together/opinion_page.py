"""协办意见: what a helping desk tells the lead, in a form of the item's page."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import item_address
from intake.admin.items.item_page import log_in_again
from intake.admin.together.helped_card import OpinionForm
from intake.admin.together.helped_list import is_helped
from intake.admin.who import member
from intake.casework.together import opinions
from intake.models import Submission
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

TEMPLATE = "admin/intake/submission/together/opinion.html"


def opinion_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks, the same of any item."""
    return dict(OpinionForm.base_fields)


def given_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """POST `opinion`: sealed to the lead, and kept in the helper's own case file."""
    user = member(request)
    if not user.may(Deed.WRITE_CASE) or not is_helped(item):
        raise PermissionDenied(_("只有协办的组交协办意见。主办的意见写在办理卷里。"))
    form = OpinionForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _asked_again(request, item, site, form)
    words, at = form.cleaned_data["opinion"], received_at(request)
    try:
        opinions.give(item, keyring_of(request), words=words, by=user, at=at)
    except KeyringMissing:
        return log_in_again(request)
    except (NoDeskAccess, Submission.DoesNotExist) as error:
        # The help was ended while it was written.
        raise Http404 from error
    messages.success(request, f"协办意见已交给主办（{item.desk}），您的办理卷里也记了一条。")
    return redirect(item_address(request, item))


def _asked_again(
    request: HttpRequest, item: Submission, site: admin.AdminSite, form: forms.Form
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": f"没有交：信访件 {item.display_number} 的协办意见",
        "submission": item,
        "form": form,
    }
    return TemplateResponse(request, TEMPLATE, context, status=422)
