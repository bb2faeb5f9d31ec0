"""轮次结束: what stands in the way of a round's end, its archive, holds, and its destruction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from inspection.models import Round
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.ending.ending_forms import ArchiveForm, HoldForm, PurgeForm
from intake.admin.login.signing import SignedForm
from intake.admin.sealed_reasons import reason_in, secret_at_hand
from intake.admin.who import member
from intake.casework.ending import holds, purging, starting_archive
from intake.casework.ending.purging import CannotPurge
from intake.casework.ending.standing_in_way import obstacles
from intake.casework.ending.starting_archive import CannotArchive, may_end
from intake.models import Desk, Hold, RoundPurge, StaffUser
from intake.report.check_code import check_code_of
from intake.retention import destroying

TEMPLATE, LIST = "admin/intake/ending/round.html", "admin/intake/ending/rounds.html"
MAY_NOT = "只有打得开这一轮全部受理席（包括主任席）的负责人，才能归档和清理。"


def ended_round(request: HttpRequest, round_id: int) -> Round:
    """One of the own rounds; 404 for another, 403 for who is of no office."""
    user = member(request)
    if not user.may(Deed.ARCHIVE):
        raise PermissionDenied
    desk = _offices(user).filter(round=round_id).first()
    if desk is None:
        raise Http404
    return desk.round


@require_safe
def rounds_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """GET: the rounds whose end is the member's to see to, and how far each is."""
    user = member(request)
    if not user.may(Deed.ARCHIVE):
        raise PermissionDenied
    rounds = [(desk.round, _state(desk.round)) for desk in _offices(user)]
    context = {**site.each_context(request), "title": "轮次结束", "rounds": rounds}
    return TemplateResponse(request, LIST, context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_view(request: HttpRequest, round_id: int, site: admin.AdminSite) -> HttpResponse:
    """POST `deed`: archive, purge, hold, lift, with what its form asks; 422 with sentences."""
    round_ = ended_round(request, round_id)
    if request.method != "POST":
        return _page(request, round_, site)
    deed = _DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        return _page(request, round_, site, status=422)
    form = deed.asked(request, request.POST)
    if not form.is_valid():
        return _page(request, round_, site, status=422, **{deed.name: form})
    try:
        return redirect(deed.do(request, round_, form.cleaned_data), round_.pk)
    except (CannotArchive, CannotPurge) as refused:
        form.add_error(deed.field, [one.words for one in refused.obstacles])
    except holds.CannotHold as refused:
        form.add_error(deed.field, str(refused))
    return _page(request, round_, site, status=422, **{deed.name: form})


def _archive(request: HttpRequest, round_: Round, typed: dict[str, Any]) -> str:
    starting_archive.start(
        round_,
        recipient=typed["recipient"],
        folder=Path(settings.ARCHIVE_ROOT),
        by=member(request),
        at=received_at(request),
    )
    return "admin:ending_archive"


def _purge(request: HttpRequest, round_: Round, typed: dict[str, Any]) -> str:
    by, at = member(request), received_at(request)
    purging.begin(round_, **typed, by=by, at=at)
    return "admin:ending_purge"


def _hold(request: HttpRequest, round_: Round, typed: dict[str, Any]) -> str:
    by, at = member(request), received_at(request)
    hold = holds.set_hold(round_, typed["number"], reason=typed["reason"], by=by, at=at)
    messages.success(request, f"{hold.submission or '整轮'}已经暂缓，解除以前不能归档、不能清理。")
    return "admin:ending_round"


class LiftForm(forms.Form):
    """Which hold is lifted."""

    hold = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def _lift(request: HttpRequest, round_: Round, typed: dict[str, Any]) -> str:
    hold = Hold.objects.filter(round=round_, pk=typed["hold"]).first()
    if hold is None:
        raise holds.CannotHold("这一条暂缓已经解除。")
    holds.lift(hold, by=member(request), at=received_at(request))
    messages.success(request, "暂缓已经解除。")
    return "admin:ending_round"


@dataclass(frozen=True, slots=True)
class _Deed:
    """A form of the page; what is refused is said at `field`."""

    name: str
    form: type[forms.Form]
    field: str
    do: Callable[[HttpRequest, Round, dict[str, Any]], str]

    def asked(self, request: HttpRequest, data: Any = None) -> forms.Form:
        """Who signs it is whose password is asked for."""
        if issubclass(self.form, SignedForm):
            return self.form(data, user=member(request), at=received_at(request))
        return self.form(data, label_suffix="")


_DEEDS = {
    deed.name: deed
    for deed in (
        _Deed("archive", ArchiveForm, "recipient", _archive),
        _Deed("purge", PurgeForm, "proof", _purge),
        _Deed("hold", HoldForm, "number", _hold),
        _Deed("lift", LiftForm, "hold", _lift),
    )
}


def _offices(user: StaffUser) -> "QuerySet[Desk]":
    return Desk.objects.visible_to(user).of_offices().select_related("round")


def _state(round_: Round) -> str:
    purge = RoundPurge.objects.filter(round=round_).first()
    if purge is not None:
        return "已清理" if purge.finished_at else "正在清理"
    archive = round_.archives.first()
    if archive is None:
        return "还没有归档"
    return "已归档，还没有清理" if archive.is_verified else "正在做归档包"


def _page(
    request: HttpRequest, round_: Round, site: admin.AdminSite, *, status: int = 200, **forms_: Any
) -> HttpResponse:
    user, at = member(request), received_at(request)
    archive = round_.archives.first()
    shown = {deed.name: deed.asked(request) for deed in _DEEDS.values()} | forms_
    if archive is None or not purging.is_gone(archive):
        del shown["purge"].fields["sums"]
    context = {
        **site.each_context(request),
        "title": f"轮次结束：{round_.title}",
        "round": round_,
        "state": _state(round_),
        "may_end": may_end(round_, user),
        "may_not": MAY_NOT,
        "left_to_people": destroying.left_to_people(),
        "purge_row": RoundPurge.objects.filter(round=round_).select_related("archive").first(),
        "in_the_way": list(obstacles(round_, by=user, at=at)),
        "archive_row": archive,
        "archive_code": check_code_of(archive.recipient) if archive else "",
        "holds": list(_hold_lines(request, round_)),
        **shown,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _hold_lines(request: HttpRequest, round_: Round) -> Iterator[tuple[Hold, str]]:
    secret = secret_at_hand(request, Desk.objects.of_offices().get(round=round_))
    for hold in holds.holds_seen_by(member(request), round_):
        yield hold, reason_in(hold.sealed_reason, secret)
