"""The item's clocks beside the letter, and the buttons with which one is paused or goes on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from inspection.screen.asked import received_at
from inspection.wording import short_day_words
from intake.access import Deed
from intake.admin.items.item_lines import Tag
from intake.admin.who import member
from intake.casework.deadlines import pausing
from intake.casework.deadlines.clock_lines import ClockLine, lines_for
from intake.choices.deadline_lists import RuleCode, rule_choices
from intake.models import DeadlinePause, StaffUser, Submission
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


class ResumeForm(forms.Form):
    """Which clock goes on."""

    rule = forms.ChoiceField(choices=rule_choices, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A line with its tag and the form that goes with it."""

    line: ClockLine
    tag: Tag
    pause_form: PauseForm | None = None
    resume_form: ResumeForm | None = None


def pause_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form to pause asks, the same of any item."""
    return PauseForm.base_fields


def clock_context(
    item: Submission, user: StaffUser, at: datetime, keyring: Keyring | None = None
) -> dict[str, Any]:
    """What `_clocks.html` asks for; reasons are opened with the keyring of the item's desk."""
    may = user.may(Deed.PAUSE_CLOCK)
    return {
        "clocks": [_shown(line, may) for line in lines_for(item, at)],
        "pauses": _reasons(item, keyring) if keyring else [],
    }


def pause_view(request: HttpRequest, item: Submission) -> HttpResponse:
    """POST `rule`, `reason`: the clock stands still from today on."""
    user = member(request)
    if not user.may(Deed.PAUSE_CLOCK):
        raise PermissionDenied
    form = PauseForm(request.POST)
    if not form.is_valid():
        words = next(iter(form.errors.get("reason", [])), "请从页面上选一个期限。")
        messages.error(request, f"没有暂停：{words}")
        return redirect(item)
    rule, reason = form.cleaned_data["rule"], form.cleaned_data["reason"]
    try:
        pausing.pause(item, rule, reason, by=user, at=received_at(request))
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except pausing.CannotPause as error:
        messages.error(request, f"没有暂停：{error}")
        return redirect(item)
    messages.success(request, "期限已暂停，今天起不算，已留痕。")
    return redirect(item)


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
        return redirect(item)
    messages.success(request, "期限已恢复，今天起继续算，已留痕。")
    return redirect(item)


def _shown(line: ClockLine, may: bool) -> ShownClock:
    tag, initial = Tag(line.tag, line.tone), {"rule": line.rule}
    if not may or line.rule == RuleCode.REGISTERING:
        return ShownClock(line, tag)
    options: dict[str, Any] = {"initial": initial, "label_suffix": "", "auto_id": f"{line.rule}_%s"}
    if line.is_paused:
        return ShownClock(line, tag, resume_form=ResumeForm(**options))
    return ShownClock(line, tag, pause_form=PauseForm(**options))


def _reasons(item: Submission, keyring: Keyring) -> list[dict[str, str]]:
    """Each pause with its reason, opened in memory."""
    rows = DeadlinePause.objects.filter(submission=item).select_related("paused_by")
    secret = keyring.desk_secret(item.desk) if rows else ""
    return [
        {
            "rule": str(row.get_rule_display()),
            "first": short_day_words(row.first),
            "until": short_day_words(row.until) if row.until else "",
            "who": str(row.paused_by),
            "reason": _opened(row, secret),
        }
        for row in rows
    ]


def _opened(row: DeadlinePause, secret: str) -> str:
    try:
        return open_sealed(bytes(row.sealed_reason), secret).decode()
    except CannotOpen:
        return UNREADABLE
