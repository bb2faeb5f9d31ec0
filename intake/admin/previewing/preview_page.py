"""公告预览: a published text read before anybody sees it on the site.

GET asks for the text. POST shows what was read and takes corrections; with `load`, `load_hidden`
or `update` it stores what was shown before. A text that is no notice is 422 with the reason.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from inspection.admin.offered import refuse_beside_a_list
from inspection.loading import CannotLoad, Outcome, StillInUse
from inspection.models import Round
from inspection.parsing import BadSetting, NotANotice
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin import not_done
from intake.admin.previewing.marked_text import marked
from intake.admin.previewing.notice_form import SETTLED, NoticeForm, mark_of
from intake.admin.previewing.notice_reading import Reading
from intake.admin.previewing.saying_words import MEANING, MEANINGS, WORDS
from intake.admin.previewing.shown_decisions import gone, lost
from intake.admin.previewing.shown_reading import (
    counted_states,
    legend,
    lines_named,
    open_questions,
    said,
    sections_of,
)
from intake.admin.who import member, office_rounds
from intake.admin.writing.written_page import Answer, answer_of, forget_saved, written_in
from intake.admin.writing.written_places import place_named
from intake.audit.notice_loading import load_and_record
from intake.models import Desk, StaffUser

ASK, SHOW = "admin/intake/previewing/ask.html", "admin/intake/previewing/read.html"
TITLE = "公告预览"
PLACE = place_named("notice")
LOOK_FIRST = "文字、设定或者更正和刚才看过的不一样，还没有装入。请把下面的结果再看一遍。"
NOT_YOURS = "这一轮已经装入，只有它自己的巡察办能更新。"
# By the button's name: whether it updates, and whether what is new stays hidden.
_LOADS = {"load": (False, False), "load_hidden": (False, True), "update": (True, False)}


def fields_of_the_form(request: HttpRequest) -> dict[str, Any]:
    """What the page asks."""
    return NoticeForm.base_fields


@not_done.asks(fields_of_the_form)
def preview_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """For whoever may load a notice."""
    refuse_beside_a_list(request)
    if not member(request).may(Deed.LOAD_NOTICE):
        raise PermissionDenied
    if request.method != "POST":
        return _asked(request, site, NoticeForm(label_suffix=""))
    answer = answer_of(request, PLACE)
    if answer is Answer.THROWN_AWAY:
        messages.info(request, "没有装入的内容已经删掉。")
        return redirect("admin:preview")
    typed = answer if isinstance(answer, QueryDict) else request.POST
    form = NoticeForm(typed, request.FILES, label_suffix="")
    if not form.is_valid():
        return _asked(request, site, form, status=422)
    if "edit_text" in request.POST:
        return _asked(request, site, form)
    try:
        reading = Reading.of(form, typed)
    except NotANotice as error:
        form.add_error("text", str(error))
    except BadSetting as error:
        form.add_error(None, str(error))
    if form.errors:
        return _asked(request, site, form, status=422)
    return _read(request, site, form, reading)


def may_load(user: StaffUser, round_: Round | None) -> bool:
    """A new round any office; one that is loaded its own, or before it has desks any."""
    if round_ is None or round_.pk in office_rounds(user):
        return True
    return not Desk.objects.filter(round=round_).exists()


def _read(
    request: HttpRequest, site: admin.AdminSite, form: NoticeForm, reading: Reading
) -> HttpResponse:
    pressed = next((name for name in _LOADS if name in request.POST), "")
    is_seen = form.is_seen() and reading.edits == form.cleaned_data["edits"]
    if reading.decided.is_wrong or reading.problem:
        return _shown(request, site, reading, status=422)
    if pressed and not is_seen:
        messages.warning(request, LOOK_FIRST)
    elif pressed and may_load(member(request), reading.round):
        try:
            return _loaded(request, reading, *_LOADS[pressed])
        except (CannotLoad, StillInUse) as error:
            return _shown(request, site, reading, refusal=str(error), status=422)
    return _shown(request, site, reading)


def _loaded(request: HttpRequest, reading: Reading, update: bool, hidden: bool) -> HttpResponse:
    outcome = load_and_record(
        reading.notice,
        corrected=reading.corrected,
        settled=reading.settled,
        update=update,
        hidden=hidden,
        by=member(request),
        at=received_at(request),
    )
    forget_saved(request, PLACE)
    messages.success(request, _told(outcome))
    return redirect("admin:preview")


def _told(outcome: Outcome) -> str:
    if outcome.status == "loaded":
        hidden = "" if outcome.round.is_public else "现在还没有公开，在“轮次”里预览以后再公开。"
        after = "请管理服务器的人开设这一轮的受理席，再给工作人员授权。"
        return f"已装入：{outcome.round}。{hidden}{after}"
    if outcome.status == "updated":
        return f"已按公告更新：{outcome.round}。"
    return f"没有变化：{outcome.round}。"


def _asked(
    request: HttpRequest, site: admin.AdminSite, form: NoticeForm, status: int = 200
) -> HttpResponse:
    return TemplateResponse(request, ASK, _context(request, site, form), status=status)


def _context(request: HttpRequest, site: admin.AdminSite, form: NoticeForm) -> dict[str, Any]:
    return {
        **site.each_context(request),
        "title": TITLE,
        "form": form,
        "settling": [form[name] for name in SETTLED],
        "written": written_in(request, PLACE, is_sent=request.method == "POST"),
        "written_at": reverse("admin:preview"),
    }


def _held(reading: Reading) -> NoticeForm:
    """The text as given, what was settled and all decisions, for the next press."""
    seen = mark_of(reading.text, reading.settled, reading.edits)
    edits = reading.edits.to_json() if reading.edits else ""
    held = QueryDict(mutable=True)
    held.update({**reading.settled, "text": reading.text, "edits": edits, "seen": seen})
    return NoticeForm(held, label_suffix="")


def _shown(
    request: HttpRequest,
    site: admin.AdminSite,
    reading: Reading,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The text beside what was read."""
    traced, text, press = reading.traced(), reading.text, reading.decided
    marks = marked(text, traced.part, traced.fields, lines_named(reading.now.findings))
    is_ours = may_load(member(request), reading.round)
    outcome, refused = reading.rehearsed() if is_ours and not refusal else (None, refusal)
    again = request.POST if reading.problem else {}
    context = {
        **_context(request, site, _held(reading)),
        "reading": reading,
        "pieces": marks.pieces,
        "before": text[: traced.part.start],
        "after": text[traced.part.stop :],
        "legend": list(legend(traced)),
        "sections": sections_of(traced, marks, press.revised, press.edits),
        "others": [said(one) for one in traced.others],
        "questions": open_questions(traced, reading.errors),
        "counts": counted_states(traced),
        "open": press.open,
        "gone": gone(press),
        "lost": lost(press),
        "meanings": MEANINGS,
        "again": {"words": again.get(WORDS, ""), "meaning": again.get(MEANING, "")},
        "teams": [team.name for team in reading.now.teams if team.name],
        "outcome": outcome,
        "refused": refused if is_ours else NOT_YOURS,
    }
    return TemplateResponse(request, SHOW, context, status=status)
