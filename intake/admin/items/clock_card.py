"""The item's clocks beside the letter, and the buttons with which one is paused or goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from inspection.admin.notice_admin import DATE_INPUT
from inspection.screen.asked import received_at
from inspection.wording import short_day_words
from intake.access import Deed
from intake.admin.finding.way_back import item_address
from intake.admin.items.item_lines import Tag
from intake.admin.who import member
from intake.casework.deadlines import extending, pausing
from intake.casework.deadlines.clock_lines import ClockLine, lines_for
from intake.choices import ToldBy
from intake.choices.deadline_lists import PAUSABLE, TELLING, rule_choices
from intake.models import DeadlineExtension, DeadlinePause, StaffUser, Submission
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import Keyring

LONGEST_REASON = 200
UNREADABLE = "（理由打不开，可能已经损坏）"


class PauseForm(forms.Form):
    """Which clock, and why it stands still."""

    rule = forms.ChoiceField(choices=rule_choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("为什么暂停"),
        max_length=LONGEST_REASON,
        help_text=_("例如：等反映人补充材料。理由封存在受理席，别处看不到。"),
        error_messages={"required": _("请写明为什么暂停。")},
    )


class ExtendForm(forms.Form):
    """Which clock, by how much, and why."""

    rule = forms.ChoiceField(choices=rule_choices, widget=forms.HiddenInput)
    extra = forms.IntegerField(
        label=_("延长多少"),
        min_value=1,
        error_messages={"required": _("请写延长多少。"), "invalid": _("延长多少写数字。")},
    )
    reason = forms.CharField(
        label=_("为什么延长"),
        max_length=LONGEST_REASON,
        help_text=_("理由封存在受理席，别处看不到。"),
        error_messages={"required": _("请写明为什么延长。")},
    )


class TellForm(forms.Form):
    """When and how the reporter was told, and what was said, if that is to be kept."""

    rule = forms.ChoiceField(choices=rule_choices, widget=forms.HiddenInput)
    told_on = forms.DateField(
        label=_("哪一天告知的"),
        widget=DATE_INPUT,
        error_messages={"required": _("请填告知的日期。")},
    )
    told_by = forms.ChoiceField(label=_("怎么告知的"), choices=ToldBy.choices)
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("可不填。封存在办理卷里，别处看不到。"),
    )


class ResumeForm(forms.Form):
    """Which clock goes on."""

    rule = forms.ChoiceField(choices=rule_choices, widget=forms.HiddenInput)


TypedClock = PauseForm | ExtendForm | TellForm
# Shows the item's page once more, with what was typed at its clock.
Again = Callable[[TypedClock], HttpResponse]


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A line with its tag and the form that goes with it."""

    line: ClockLine
    tag: Tag
    pause_form: PauseForm | None = None
    extend_form: ExtendForm | None = None
    resume_form: ResumeForm | None = None
    tell_form: TellForm | None = None


def pause_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form to pause asks, the same of any item."""
    return PauseForm.base_fields


def extend_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """The same of the form to extend."""
    return ExtendForm.base_fields


def clock_context(
    item: Submission,
    user: StaffUser,
    at: datetime,
    keyring: Keyring | None = None,
    typed: TypedClock | None = None,
) -> dict[str, Any]:
    """What `_clocks.html` asks for; reasons are opened with the keyring of the item's desk."""
    pauses = DeadlinePause.objects.select_related("paused_by")
    longer = DeadlineExtension.objects.select_related("granted_by")
    prefetch_related_objects([item], Prefetch("pauses", pauses), Prefetch("extensions", longer))
    return {
        "clocks": [_shown(line, user, typed) for line in lines_for(item, at)],
        "clock_reasons": _reasons(item, keyring) if keyring else [],
    }


def pause_view(request: HttpRequest, item: Submission, again: Again) -> HttpResponse:
    """POST `rule`, `reason`: the clock stands still from today on; what was refused stays typed."""
    user = member(request)
    if not user.may(Deed.PAUSE_CLOCK):
        raise PermissionDenied
    form = PauseForm(request.POST, **form_options("pause", request.POST.get("rule", "")))
    if not form.is_valid():
        return refused(request, form, "没有暂停", again)
    rule, reason = form.cleaned_data["rule"], form.cleaned_data["reason"]
    try:
        pausing.pause(item, rule, reason, by=user, at=received_at(request))
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except pausing.CannotPause as error:
        form.add_error("reason", str(error))
        return refused(request, form, "没有暂停", again)
    messages.success(request, "期限已暂停，今天起不算，已留痕。")
    return redirect(item_address(request, item))


def extend_view(request: HttpRequest, item: Submission, again: Again) -> HttpResponse:
    """POST `rule`, `extra`, `reason`: who may approve makes a clock longer, once."""
    user = member(request)
    if not user.may(Deed.APPROVE):
        raise PermissionDenied
    form = ExtendForm(request.POST, **form_options("extend", request.POST.get("rule", "")))
    if not form.is_valid():
        return refused(request, form, "没有延长", again)
    rule, extra = form.cleaned_data["rule"], form.cleaned_data["extra"]
    reason, at = form.cleaned_data["reason"], received_at(request)
    try:
        extending.extend(item, rule, extra, reason, by=user, at=at)
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except extending.CannotExtend as error:
        form.add_error("extra", str(error))
        return refused(request, form, "没有延长", again)
    messages.success(request, "期限已延长，已留痕。")
    return redirect(item_address(request, item))


def resume_view(request: HttpRequest, item: Submission) -> HttpResponse:
    """POST `rule`: the clock goes on, today counts again."""
    user = member(request)
    if not user.may(Deed.PAUSE_CLOCK):
        raise PermissionDenied
    form = ResumeForm(request.POST)
    rule = form.cleaned_data["rule"] if form.is_valid() else ""
    try:
        pausing.resume(item, rule, by=user, at=received_at(request))
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except pausing.CannotPause as error:
        messages.error(request, f"没有恢复：{error}")
        return redirect(item_address(request, item))
    messages.success(request, "期限已恢复，今天起继续算，已留痕。")
    return redirect(item_address(request, item))


def refused(request: HttpRequest, form: TypedClock, what: str, again: Again) -> HttpResponse:
    """The sentence above the page and at its field: a clock that is not shown has no field."""
    words = next((some[0] for name, some in form.errors.items() if name != "rule"), "")
    messages.error(request, f"{what}：{words or '请从页面上选一个期限。'}")
    return again(form)


def form_options(deed: str, rule: str) -> dict[str, Any]:
    return {"auto_id": f"{deed}_{rule}_%s", "label_suffix": ""}


def _shown(line: ClockLine, user: StaffUser, typed: TypedClock | None) -> ShownClock:
    initial = {"rule": line.rule}
    again = typed if typed is not None and typed["rule"].value() == line.rule else None
    may_pause = user.may(Deed.PAUSE_CLOCK) and line.rule in PAUSABLE
    may_extend = user.may(Deed.APPROVE) and line.may_extend
    pause = extend = None
    if isinstance(again, PauseForm):
        pause = again
    elif may_pause and not line.is_paused:
        pause = PauseForm(initial=initial, **form_options("pause", line.rule))
    if isinstance(again, ExtendForm):
        extend = again
    elif may_extend:
        extend = ExtendForm(initial=initial, **form_options("extend", line.rule))
    # Also of a clock that was stopped before nobody could stop such a one any more.
    may_resume = user.may(Deed.PAUSE_CLOCK) and line.is_paused
    resume = ResumeForm(initial=initial) if may_resume else None
    tell = again if isinstance(again, TellForm) else None
    if tell is None and line.rule in TELLING and user.may(Deed.HANDLE):
        tell = TellForm(initial=initial, **form_options("tell", line.rule))
    return ShownClock(line, Tag(line.tag, line.tone), pause, extend, resume, tell)


def _reasons(item: Submission, keyring: Keyring) -> list[str]:
    """Each pause and extension with its reason, opened in memory."""
    pauses, longer = item.pauses.all(), item.extensions.all()
    secret = keyring.desk_secret(item.desk) if pauses or longer else ""
    told = []
    for pause in pauses:
        resumed = f"，{short_day_words(pause.until)}恢复" if pause.until else ""
        who = f"{short_day_words(pause.first)}{pause.paused_by}暂停"
        told.append(f"{who}“{pause.get_rule_display()}”{resumed}：{_opened(pause, secret)}")
    for one in longer:
        who = f"{short_day_words(one.granted_on)}{one.granted_by}批准延长"
        told.append(f"{who}“{one.get_rule_display()}”{one.extra}：{_opened(one, secret)}")
    return told


def _opened(row: DeadlinePause | DeadlineExtension, secret: str) -> str:
    try:
        return open_sealed(bytes(row.sealed_reason), secret).decode()
    except CannotOpen:
        return UNREADABLE
