"""POST of the judging form: stores it, or says why not and gives everything back."""

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from inspection.screen.asked import received_at
from intake.admin.finding.way_back import item_address
from intake.admin.judging.judging_form import JudgingForm, differing
from intake.admin.seen_version import CHANGED, INCOMPLETE, version_in
from intake.admin.together.repeats_card import repeats_context
from intake.admin.who import member
from intake.casework.moving.allowing import CannotMove, MayNotMove
from intake.casework.moving.judging import judge
from intake.casework.versions import ChangedMeanwhile
from intake.models import Submission

TEMPLATE = "admin/intake/submission/judge.html"


def judge_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """Stores what was judged, and leads back to the item."""
    form, version = JudgingForm(item, request.POST), version_in(request)
    if version is None:
        return _answer(request, item, site, form, 422, problem=INCOMPLETE)
    if not form.is_valid():
        return _answer(request, item, site, form, 422)
    by, at = member(request), received_at(request)
    try:
        changes = judge(item.pk, form.judged(), version=version, by=by, at=at)
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except MayNotMove as error:
        return _answer(request, item, site, form, 403, problem=str(error))
    except CannotMove as error:
        return _answer(request, item, site, form, 422, problem=str(error))
    except ChangedMeanwhile:
        now = Submission.objects.visible_to(by).select_related("round", "desk").get(pk=item.pk)
        return _changed(request, now, site, form)
    if changes:
        messages.success(request, f"甄别已保存，改了 {len(changes)} 项，已留痕。")
    else:
        messages.info(request, "甄别没有改动。")
    return redirect(item_address(request, item))


def _changed(
    request: HttpRequest, now: Submission, site: admin.AdminSite, form: JudgingForm
) -> HttpResponse:
    """Field by field what stands now beside what was about to be stored; the member decides."""
    form = form.over(now)
    if not form.is_valid():
        return _answer(request, now, site, form, 409, problem=CHANGED)
    differences = list(differing(now, form.judged()))
    if not differences:
        return redirect(item_address(request, now))
    return _answer(request, now, site, form, 409, problem=CHANGED, differences=differences)


def _answer(
    request: HttpRequest,
    item: Submission,
    site: admin.AdminSite,
    form: JudgingForm,
    status: int,
    **more: object,
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": f"信访件 {item.display_number} 甄别".strip(),
        "submission": item,
        **repeats_context(item, member(request)),
        "form": form,
        **more,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
