"""回避: the office decides who is kept out of an item, and sees who is."""

from typing import TYPE_CHECKING, Any
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
from intake.admin.sealed_reasons import reason_in, secret_at_hand
from intake.admin.who import member
from intake.casework.moving.needed import LONGEST_WORDS_OF_A_DEED
from intake.casework.together import recusing
from intake.models import Desk, Recusal, StaffUser, Submission

TEMPLATE = "admin/intake/submission/together/recusals.html"

# Django's own class takes no brackets while it runs.
if TYPE_CHECKING:
    _MembersField = forms.ModelChoiceField[StaffUser]
else:
    _MembersField = forms.ModelChoiceField


class MembersField(_MembersField):
    """Members by their user names: two may have one full name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.told_apart)


class RecusalForm(forms.Form):
    """Who is kept out, and why."""

    clerk = MembersField(
        StaffUser.objects.none(),
        label=_("让谁回避"),
        empty_label=_("请选"),
        error_messages={
            "required": _("请选让谁回避。"),
            "invalid_choice": recusing.NOT_OFFERED,
        },
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_WORDS_OF_A_DEED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：是被反映人的亲属。理由只封存给巡察办，巡察组看不到。"),
        error_messages={"required": _("请写明理由。")},
    )

    def __init__(self, item: Submission, by: StaffUser, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["clerk"]
        if isinstance(field, MembersField):
            field.queryset = recusing.may_be_recused(item, by)


def recusal_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks; nothing of an item that is not the member's."""
    user = member(request)
    found = Submission.objects.visible_to(user).filter(pk=item_id).first()
    return RecusalForm(found, user).fields if found and user.may(Deed.RECUSE) else {}


@require_http_methods(["GET", "HEAD", "POST"])
def recusals_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """GET says who is kept out; POST `clerk`, `reason` keeps somebody out."""
    user = member(request)
    if not user.may(Deed.RECUSE):
        raise PermissionDenied
    if request.method != "POST":
        return _shown(request, item, site, RecusalForm(item, user))
    form = RecusalForm(item, user, request.POST)
    if not form.is_valid():
        return _shown(request, item, site, form, status=422)
    clerk, reason = form.cleaned_data["clerk"], form.cleaned_data["reason"]
    try:
        recusing.order(item, clerk, reason=reason, by=user, at=received_at(request))
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except recusing.CannotRecuse as problem:
        form.add_error("clerk", str(problem))
        return _shown(request, item, site, form, status=422)
    messages.success(request, f"{clerk.told_apart}从现在起看不到这一件，也不会知道。")
    return redirect(item_address(request, item, "recusals"))


def recusal_ended_view(
    request: HttpRequest, item: Submission, site: admin.AdminSite
) -> HttpResponse:
    """POST `recusal`: the member sees the item again."""
    user = member(request)
    if not user.may(Deed.RECUSE):
        raise PermissionDenied
    key = request.POST.get("recusal", "")
    found = recusing.live_recusals_of(item).filter(pk=key if key.isdecimal() else 0).first()
    if found is None:
        messages.warning(request, "这一条回避已经结束。")
        return redirect(item_address(request, item, "recusals"))
    try:
        recusing.end(found, by=user, at=received_at(request))
    except recusing.CannotRecuse as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, f"{found.user.told_apart}不再回避，又能看到这一件。")
    return redirect(item_address(request, item, "recusals"))


def _shown(
    request: HttpRequest,
    item: Submission,
    site: admin.AdminSite,
    form: RecusalForm,
    *,
    status: int = 200,
) -> HttpResponse:
    secret = secret_at_hand(request, Desk.objects.of_offices().get(round=item.round_id))
    context = {
        **site.each_context(request),
        "title": f"回避：信访件 {item.display_number}".strip(),
        "submission": item,
        "form": form,
        "recusals": [_line(row, item, secret) for row in recusing.live_recusals_of(item)],
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _line(row: Recusal, item: Submission, secret: str) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "clerk": row.user.told_apart,
        "decided": f"{row.ordered_by}于{moment(row.ordered_at, item.round.zone)}决定",
        "reason": reason_in(row.sealed_reason, secret),
    }
