"""改派: the office seals an item to another desk, with a reason."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import items_list
from intake.admin.items.item_page import log_in_again
from intake.admin.seen_version import CHANGED, INCOMPLETE, version_in
from intake.admin.together.reroute_form import RerouteForm
from intake.admin.who import member
from intake.casework import rerouting
from intake.casework.versions import ChangedMeanwhile
from intake.models import Submission
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

TEMPLATE = "admin/intake/submission/together/reroute.html"


def rerouted_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """POST by the office with `version`; what cannot be done is said, and nothing typed is lost."""
    user = member(request)
    if not user.may(Deed.REROUTE):
        raise PermissionDenied
    form = RerouteForm(item, user, request.POST)
    if not form.is_valid():
        return _asked_again(request, item, site, form)
    to, version = form.cleaned_data["desk"], version_in(request)
    if version is None:
        return _asked_again(request, item, site, form, problem=INCOMPLETE)
    try:
        rerouting.reroute(
            item,
            to=to,
            target=form.cleaned_data["target"],
            reason=form.cleaned_data["reason"],
            version=version,
            keyring=keyring_of(request),
            by=user,
            at=received_at(request),
        )
    except KeyringMissing:
        return log_in_again(request)
    except ChangedMeanwhile:
        item.refresh_from_db()
        now = f"{CHANGED}它现在是“{item.get_status_display()}”，在{item.desk}。"
        return _asked_again(request, item, site, form, status=409, problem=now)
    except (rerouting.CannotReroute, NoDeskAccess) as error:
        form.add_error("desk", str(error))
        return _asked_again(request, item, site, form)
    messages.success(request, f"已改派到{to}，内容和材料已重新封存。")
    return redirect(items_list(request))


def _asked_again(
    request: HttpRequest,
    item: Submission,
    site: admin.AdminSite,
    form: RerouteForm,
    *,
    status: int = 422,
    problem: str = "",
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": f"没有改派：信访件 {item.display_number}".strip(),
        "submission": item,
        "form": form,
        "problem": problem,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
