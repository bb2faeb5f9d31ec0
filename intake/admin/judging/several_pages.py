"""Several items at once: where to, then what will change and what not, then all or nothing.

What is executed is what was shown: the preview's token names each item in the version that was
looked at, and a preview that has grown old is shown anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from inspection.screen.asked import received_at
from intake.admin.finding.way_back import items_list
from intake.admin.items.item_page import log_in_again
from intake.admin.judging.move_form import fields_for
from intake.admin.link_targets import keys_in
from intake.admin.who import member
from intake.casework.moving.allowing import CannotMove, MayNotMove, with_answers
from intake.casework.moving.move_table import Need
from intake.casework.moving.needed import Missing
from intake.casework.moving.several import (
    MOST_AT_ONCE,
    Outlook,
    choices_for,
    move_all,
    needs_of,
    outlook,
)
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Status
from intake.models import StaffUser, Submission
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

TEMPLATE = "admin/intake/submission/several.html"
_SALT = "several items"
NOTHING = "没有选中信访件。请先在列表里打勾。"
TOO_MANY = f"一次最多办 {MOST_AT_ONCE} 件。请用筛选缩小范围，再分几次办。"
NOT_YOURS = "这份预览不是给您的，或者不完整，没有办。请重新选。"
STALE = "预览以后，有的件已经变了，所以一件也没有办。下面是现在的情况，请再看一遍。"


class SeveralForm(forms.Form):
    """What the move asks, once for all of the items."""

    def __init__(self, needs: Sequence[Need], data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.fields.update(fields_for(tuple(needs)))


@dataclass(frozen=True, slots=True)
class Preview:
    """What was shown: where to, and each item that will change in its version."""

    to: str
    seen: list[tuple[UUID, int]]
    stays: list[UUID]

    def token(self, by: int) -> str:
        """Only for this member."""
        facts = [
            by,
            self.to,
            [[str(key), version] for key, version in self.seen],
            [str(key) for key in self.stays],
        ]
        return signing.dumps(facts, salt=_SALT, compress=True)

    @property
    def keys(self) -> list[UUID]:
        """Of all that was shown."""
        return [*(key for key, _version in self.seen), *self.stays]

    @classmethod
    def of(cls, token: str, by: int) -> "Preview | None":
        """None for a token that is not ours, or somebody else's."""
        try:
            whose, to, seen, stays = signing.loads(token, salt=_SALT)
        except signing.BadSignature:
            return None
        if whose != by:
            return None
        return cls(to, [(UUID(key), version) for key, version in seen], [UUID(k) for k in stays])


def several_view(request: HttpRequest, items: Any, site: admin.AdminSite) -> HttpResponse:
    """POST `item`, several: asks where to. With `to`: the preview. With `token`: does it."""
    if "token" in request.POST:
        return _done(request, items, site)
    wanted = keys_in(request.POST.getlist("item"))
    return asked(request, items.filter(pk__in=wanted[: MOST_AT_ONCE + 1]), site)


def are_too_many(items: Any) -> bool:
    """Whether they are more than go at once."""
    return bool(items.order_by()[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE)


def asked(request: HttpRequest, items: Any, site: admin.AdminSite) -> HttpResponse:
    """Where they shall go, or what that would do; for items of the member's own."""
    chosen = read_several(items)
    if not chosen or len(chosen) > MOST_AT_ONCE:
        messages.warning(request, TOO_MANY if chosen else NOTHING)
        return redirect(items_list(request))
    to = request.POST.get("to", "")
    if to in Status.values:
        return _previewed(request, chosen, to, site)
    choices = choices_for(chosen, member(request))
    return _answer(request, site, 200, items=chosen, choices=choices)


def _previewed(
    request: HttpRequest,
    items: list[Submission],
    to: str,
    site: admin.AdminSite,
    *,
    status: int = 200,
    form: SeveralForm | None = None,
    problem: str = "",
) -> HttpResponse:
    by = member(request)
    outlooks = outlook(items, to, by)
    form = form or SeveralForm(needs_of(outlooks))
    return _answer(request, site, status, problem=problem, form=form, **shown(outlooks, to, by))


def shown(outlooks: Sequence[Outlook], to: str, by: StaffUser) -> dict[str, Any]:
    """What a preview shows, and the token that says what was shown."""
    will = [(one.item.pk, one.item.version) for one in outlooks if one.move]
    stays = [one.item.pk for one in outlooks if not one.move]
    return {
        "outlooks": outlooks,
        "will": len(will),
        "stays": len(stays),
        "there": str(Status(to).label),
        "token": Preview(to, will, stays).token(by.pk),
    }


def _done(request: HttpRequest, items: Any, site: admin.AdminSite) -> HttpResponse:
    by, at = member(request), received_at(request)
    preview = Preview.of(request.POST.get("token", ""), by.pk)
    if preview is None or preview.to not in Status.values:
        messages.error(request, NOT_YOURS)
        return redirect(items_list(request))
    chosen = read_several(items.filter(pk__in=preview.keys))
    outlooks = outlook(chosen, preview.to, by)
    form = SeveralForm(needs_of(outlooks), request.POST)
    now = {(one.item.pk, one.item.version) for one in outlooks if one.move}
    if now != set(preview.seen):
        # What was typed is given back, unjudged: what must be filled may have changed too.
        return _previewed(request, chosen, preview.to, site, status=409, form=form, problem=STALE)
    if not form.is_valid():
        return _previewed(request, chosen, preview.to, site, status=422, form=form)
    try:
        keyring = keyring_of(request)
        needed = form.cleaned_data
        count = move_all(preview.seen, preview.to, by=by, at=at, keyring=keyring, **needed)
    except KeyringMissing:
        return log_in_again(request)
    except (ChangedMeanwhile, CannotMove, MayNotMove, Missing, NoDeskAccess):
        return _previewed(request, chosen, preview.to, site, status=409, form=form, problem=STALE)
    messages.success(request, f"已把 {count} 件改为“{Status(preview.to).label}”。")
    return redirect(items_list(request))


def read_several(items: Any) -> list[Submission]:
    """With what each is looked at for: as many queries for hundreds as for two.

    At most one more than go at once.
    """
    told = items.select_related("round", "desk__team", "target", "drop_box")
    told = told.prefetch_related(with_answers())
    return list(told.order_by("number", "received_at", "pk")[: MOST_AT_ONCE + 1])


def _answer(request: HttpRequest, site: admin.AdminSite, status: int, **more: Any) -> HttpResponse:
    named = {"title": "批量办理", "posts_to": reverse("admin:intake_submission_several")}
    context = {**site.each_context(request), **named, **more}
    return TemplateResponse(request, TEMPLATE, context, status=status)
