"""鉴定清单: lists of what is archived and of what is not, made and signed by two members."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from inspection.models import Round
from inspection.screen.asked import received_at
from intake.admin.ending.appraisal_forms import AppraiseForm, SignForm
from intake.admin.ending.ending_page import ended_round
from intake.admin.items.item_page import log_in_again
from intake.admin.sealed_reasons import reason_in, secret_at_hand
from intake.admin.who import member
from intake.casework.ending import appraising
from intake.casework.ending.appraising import CannotAppraise
from intake.choices import DeskKind
from intake.models import Appraisal, AppraisalEntry, Desk
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

_PEOPLE = ("made_by", "first_signed_by", "second_signed_by", "dropped_by")
_SETTLED, _DROPPED = "已签完，状态已经改好。", "清单已撤销。"
_SIGNED = "已签名。请另一个人用自己的账号复核签名。"
LISTS, ONE = "admin/intake/ending/appraisals.html", "admin/intake/ending/appraisal.html"


@require_http_methods(["GET", "HEAD", "POST"])
def appraisals_view(request: HttpRequest, round_id: int, site: admin.AdminSite) -> HttpResponse:
    """POST `desk` and its form: a list of the chosen items."""
    round_ = ended_round(request, round_id)
    forms_ = {str(desk.pk): _form(request, desk) for desk in _desks(request, round_)}
    if request.method != "POST":
        return _lists(request, round_, forms_, site)
    form = forms_.get(request.POST.get("desk", ""))
    if form is None or not form.is_valid():
        return _lists(request, round_, forms_, site, status=422)
    keys = [UUID(key) for key in form.cleaned_data["items"]]
    try:
        made = appraising.make(
            form.desk, keys, form.judged(), by=member(request), at=received_at(request)
        )
    except CannotAppraise as refused:
        form.add_error(None, str(refused))
        return _lists(request, round_, forms_, site, status=422)
    messages.success(request, f"已制{made}。现在由两个人先后签名，签完才生效。")
    return redirect("admin:ending_appraisal", round_.pk, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def appraisal_view(
    request: HttpRequest, round_id: int, appraisal_id: int, site: admin.AdminSite
) -> HttpResponse:
    """POST `deed`: sign, with the own password, or drop."""
    round_, user, at = ended_round(request, round_id), member(request), received_at(request)
    rows = Appraisal.objects.visible_to(user).filter(round=round_)
    row = rows.select_related("desk", "round").filter(pk=appraisal_id).first()
    if row is None:
        raise Http404
    if request.method != "POST":
        return _one(request, row, SignForm(user=user, at=at), site)
    deed = request.POST.get("deed", "")
    form = SignForm(request.POST if deed == "sign" else None, user=user, at=at)
    if deed not in ("sign", "drop") or (deed == "sign" and not form.is_valid()):
        return _one(request, row, form, site, status=422)
    try:
        if deed == "drop":
            appraising.drop(row.pk, by=user, at=at)
        else:
            row = appraising.sign(row.pk, keyring_of(request), by=user, at=at)
    except (KeyringMissing, NoDeskAccess):
        return log_in_again(request)
    except CannotAppraise as refused:
        return _one(request, row, form, site, problem=str(refused), status=422)
    signed = _SETTLED if row.settled_at else _SIGNED
    messages.success(request, _DROPPED if deed == "drop" else signed)
    return redirect("admin:ending_appraisals", round_.pk)


def _desks(request: HttpRequest, round_: Round) -> list[Desk]:
    """The office's; for who holds it also the head's, whose items stand on lists of their own."""
    kinds = (DeskKind.OFFICE, DeskKind.HEAD)
    seen = Desk.objects.visible_to(member(request)).filter(round=round_, kind__in=kinds)
    return list(seen.select_related("round").order_by("-kind"))


def _form(request: HttpRequest, desk: Desk) -> AppraiseForm:
    offered = appraising.waiting(desk.round, member(request), desk)
    is_meant = request.method == "POST" and request.POST.get("desk") == str(desk.pk)
    return AppraiseForm(desk, offered, request.POST if is_meant else None)


def _lists(
    request: HttpRequest,
    round_: Round,
    forms_: dict[str, AppraiseForm],
    site: admin.AdminSite,
    *,
    status: int = 200,
) -> HttpResponse:
    rows = Appraisal.objects.visible_to(member(request)).filter(round=round_)
    context = {
        **site.each_context(request),
        "title": "归档和不归档的清单",
        "subtitle": round_.title,
        "round": round_,
        "lists": rows.select_related(*_PEOPLE),
        "forms": list(forms_.values()),
        "most": appraising.MOST_ON_A_LIST,
    }
    return TemplateResponse(request, LISTS, context, status=status)


def _one(
    request: HttpRequest,
    row: Appraisal,
    form: SignForm,
    site: admin.AdminSite,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": str(row),
        "subtitle": row.round.title,
        "row": row,
        "entries": list(_entries(request, row)),
        "form": form,
        "problem": problem,
        "is_mine": row.first_signed_by_id == member(request).pk,
    }
    return TemplateResponse(request, ONE, context, status=status)


def _entries(request: HttpRequest, row: Appraisal) -> Iterator[tuple[AppraisalEntry, str]]:
    secret = secret_at_hand(request, row.desk)
    rows = row.entries.select_related("submission__round", "retention")
    for entry in rows.defer("submission__sealed"):
        yield entry, reason_in(entry.sealed, secret)
