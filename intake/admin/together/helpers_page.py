"""协办: the office says which teams work on an item beside its lead."""

import logging
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import item_address
from intake.admin.items.item_lines import moment
from intake.admin.items.item_page import UNREADABLE, log_in_again
from intake.admin.who import member
from intake.casework.together import helping
from intake.casework.together.helped_items import live_helpers_of
from intake.choices import HELPED_WITH_IN
from intake.models import Desk, Submission
from intake.report.documents import UnreadableReport
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

logger = logging.getLogger(__name__)

TEMPLATE = "admin/intake/submission/together/helpers.html"


class HelperForm(forms.Form):
    """Which team helps."""

    desk = forms.ModelChoiceField(
        Desk.objects.none(),
        label=_("请哪个组协办"),
        empty_label=_("请选"),
        error_messages={
            "required": _("请选哪个组协办。"),
            "invalid_choice": _("只能请同一轮里还没有办这一件的巡察组。"),
        },
    )

    def __init__(self, item: Submission, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        field = self.fields["desk"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = helping.may_help(item).select_related("team")


def helper_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks; nothing of an item that is not the member's."""
    user = member(request)
    found = Submission.objects.visible_to(user).filter(pk=item_id).first()
    return HelperForm(found).fields if found and user.may(Deed.ADD_HELPER) else {}


@require_http_methods(["GET", "HEAD", "POST"])
def helpers_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """GET says who helps; POST `desk` lets another team help."""
    user = member(request)
    if not user.may(Deed.ADD_HELPER):
        raise PermissionDenied
    if request.method != "POST":
        return _shown(request, item, site, HelperForm(item))
    form = HelperForm(item, request.POST)
    if not form.is_valid():
        return _shown(request, item, site, form, status=422)
    desk = form.cleaned_data["desk"]
    try:
        keyring = keyring_of(request)
        helping.add(item, desk, keyring=keyring, by=user, at=received_at(request))
    except KeyringMissing:
        return log_in_again(request)
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except (helping.CannotHelp, NoDeskAccess) as problem:
        form.add_error("desk", str(problem))
        return _shown(request, item, site, form, status=422)
    except (CannotOpen, UnreadableReport):
        logger.exception("item %s does not open for a helper", item.pk)
        form.add_error("desk", UNREADABLE)
        return _shown(request, item, site, form, status=500)
    messages.success(request, f"{desk}从现在起协办这一件，内容和材料已另外封存给它一份。")
    return redirect(item_address(request, item, "helpers"))


def helper_ended_view(
    request: HttpRequest, item: Submission, site: admin.AdminSite
) -> HttpResponse:
    """POST `helper`: the team reads the item no more."""
    user = member(request)
    if not user.may(Deed.ADD_HELPER):
        raise PermissionDenied
    key = request.POST.get("helper", "")
    found = live_helpers_of(item).filter(pk=key if key.isdecimal() else 0).first()
    if found is None:
        messages.warning(request, "这个受理席已经不协办这一件。")
        return redirect(item_address(request, item, "helpers"))
    try:
        helping.end(found, by=user, at=received_at(request))
    except helping.CannotHelp as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, f"{found.desk}不再协办，看不到这一件了。")
    return redirect(item_address(request, item, "helpers"))


def _shown(
    request: HttpRequest,
    item: Submission,
    site: admin.AdminSite,
    form: HelperForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": f"协办：信访件 {item.display_number}".strip(),
        "submission": item,
        "form": form if item.status in HELPED_WITH_IN else None,
        "helpers": [
            {
                "pk": row.pk,
                "desk": row.desk,
                "decided": f"{row.added_by}于{moment(row.added_at, item.round.zone)}请它协办",
            }
            for row in live_helpers_of(item)
        ],
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
