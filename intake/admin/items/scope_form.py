"""The form with which a clerk settles whether an item is within the round's scope."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import item_address
from intake.admin.seen_version import INCOMPLETE, version_in
from intake.admin.who import member
from intake.casework.scoping import set_scope
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Scope
from intake.models import Submission


class ScopeForm(forms.Form):
    """One of the three."""

    scope = forms.ChoiceField(label=_("受理范围"), choices=Scope.choices, widget=forms.RadioSelect)

    def __init__(self, item: Submission, data: Any = None) -> None:
        super().__init__(data, initial={"scope": item.scope}, label_suffix="")


def scope_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks, the same of any item."""
    return ScopeForm.base_fields


def scope_view(request: HttpRequest, item: Submission) -> HttpResponse:
    """POST `scope`, `version`: sets it, with its event."""
    user = member(request)
    if not user.may(Deed.SET_SCOPE):
        raise PermissionDenied
    form = ScopeForm(item, request.POST)
    if not form.is_valid():
        messages.error(request, "没有改：请从列出的受理范围里选一项。")
        return redirect(item_address(request, item))
    scope, version = Scope(form.cleaned_data["scope"]), version_in(request)
    if version is None:
        messages.error(request, INCOMPLETE)
        return redirect(item_address(request, item))
    try:
        changed = set_scope(item, scope, version=version, by=user, at=received_at(request))
    except ChangedMeanwhile as error:
        messages.error(request, f"没有改：{error}现在的情况在下面，请看过再选。")
        return redirect(item_address(request, item))
    except Submission.DoesNotExist as error:
        raise Http404 from error
    if changed:
        messages.success(request, f"受理范围已改为“{scope.label}”，已留痕。")
    else:
        messages.info(request, f"受理范围本来就是“{scope.label}”，没有改动。")
    return redirect(item_address(request, item))
