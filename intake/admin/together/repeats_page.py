"""An item beside earlier ones: a clerk confirms which of them it repeats, or takes it back."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from inspection.screen.asked import received_at
from intake.admin.finding.way_back import item_address
from intake.admin.items.item_lines import Place, moment, tags_html, target_words, way_words
from intake.admin.items.item_page import UNREADABLE, log_in_again
from intake.admin.together.repeats_card import may_turn
from intake.admin.who import member
from intake.admin.writing.others_here import noted_here
from intake.casework.moving.allowing import CannotMove
from intake.casework.moving.needed import LONGEST_WORDS_OF_A_DEED, Missing
from intake.casework.repeats import shared_passages
from intake.casework.together import linking
from intake.casework.together.finding_repeats import Candidate, Compared, compare
from intake.casework.together.linked import live_link_of
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Status
from intake.models import Submission
from intake.report.documents import UnreadableReport
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

logger = logging.getLogger(__name__)

TEMPLATE = "admin/intake/submission/together/repeats.html"
UNDO_TEMPLATE = "admin/intake/submission/together/unlink.html"


class LinkForm(forms.Form):
    """Which earlier item it repeats, and in which version the item was seen."""

    lead = forms.UUIDField()
    version = forms.IntegerField(min_value=1)


class UnlinkForm(forms.Form):
    """Why the item is one of its own again."""

    reason = forms.CharField(
        label=_("为什么另作一件"),
        max_length=LONGEST_WORDS_OF_A_DEED,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("例如：有新的事实；看错了，不是同一件事。理由封存在办理卷里。"),
        error_messages={"required": _("请写明理由。")},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """A passage of a text; `is_shared` where it stands in the other text too."""

    words: str
    is_shared: bool


@dataclass(frozen=True, slots=True, repr=False)
class SideBySide:
    """An earlier item beside the one that is looked at."""

    item: Submission
    lead: Submission
    received: str
    way: str
    target: str
    tags: str
    sentences: tuple[str, ...]
    own: tuple[Part, ...]
    its: tuple[Part, ...]
    is_at_other_desk: bool


def unlink_fields(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form to undo a link asks, the same of any item."""
    return UnlinkForm.base_fields


@require_http_methods(["GET", "HEAD", "POST"])
def repeats_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """GET compares, in memory; POST `lead`, `version`: a person confirms one of those found."""
    if request.method != "POST":
        return _compared(request, item, site)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _compared(request, item, site, "请从找到的信访件里选一件。", 422)
    lead, user = form.cleaned_data["lead"], member(request)
    try:
        version = form.cleaned_data["version"]
        at, keyring = received_at(request), keyring_of(request)
        linking.link(item.pk, lead, version=version, by=user, at=at, keyring=keyring)
    except KeyringMissing:
        return log_in_again(request)
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except (ChangedMeanwhile, CannotMove, linking.CannotLink, NoDeskAccess) as problem:
        made = live_link_of(item)
        # A button that was pressed twice has done what it says.
        if made is None or (made.lead_id, made.made_by_id) != (lead, user.pk):
            status = 409 if isinstance(problem, ChangedMeanwhile) else 422
            return _compared(request, item, site, f"没有并入：{problem}", status)
    messages.success(request, "已并入重复件，两件都留着；以后可以写明理由，另作一件。")
    return redirect(item_address(request, item))


@require_http_methods(["GET", "HEAD", "POST"])
def unlink_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """GET asks why; POST `reason`, `version`: the item is one of its own again."""
    if request.method != "POST":
        return _asked_why(request, item, site, UnlinkForm(initial={"version": item.version}))
    form = UnlinkForm(request.POST)
    if not form.is_valid():
        return _asked_why(request, item, site, form, status=422)
    try:
        linking.unlink(
            item.pk,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=member(request),
            at=received_at(request),
            keyring=keyring_of(request),
        )
    except KeyringMissing:
        return log_in_again(request)
    except Submission.DoesNotExist as error:
        raise Http404 from error
    except ChangedMeanwhile as problem:
        return _asked_why(request, item, site, form, problem=f"没有改：{problem}", status=409)
    except (linking.CannotLink, CannotMove, Missing, NoDeskAccess) as problem:
        return _asked_why(request, item, site, form, problem=f"没有改：{problem}", status=422)
    messages.success(request, "已另作一件，回到待研判。")
    return redirect(item_address(request, item))


def _asked_why(
    request: HttpRequest,
    item: Submission,
    site: admin.AdminSite,
    form: UnlinkForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The question, with what was typed; pressing again is about the item as it is now."""
    item.refresh_from_db(fields=["version", "status"])
    context = {
        **site.each_context(request),
        "title": f"另作一件：信访件 {item.display_number}".strip(),
        "submission": item,
        "form": form,
        "problem": problem,
    }
    return TemplateResponse(request, UNDO_TEMPLATE, context, status=status)


def _compared(
    request: HttpRequest,
    item: Submission,
    site: admin.AdminSite,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    user = member(request)
    compared = None
    try:
        compared = compare(item, keyring_of(request), by=user, at=received_at(request))
    except KeyringMissing:
        return log_in_again(request)
    except NoDeskAccess as error:
        problem, status = str(error), 403
    except (CannotOpen, UnreadableReport):
        logger.exception("item %s does not open", item.pk)
        problem, status = UNREADABLE, 500
    item.refresh_from_db(fields=["version", "status"])
    context = {
        **site.each_context(request),
        "title": f"可能的重复件：信访件 {item.display_number}".strip(),
        "submission": item,
        "compared": compared,
        "found": list(_side_by_side(item, compared)) if compared else [],
        "may_link": may_turn(item, Status.REPEAT, user),
        "problem": problem,
        **(noted_here(request, item) if compared else {}),
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _side_by_side(item: Submission, compared: Compared) -> Iterator[SideBySide]:
    for one in compared.candidates:
        passages = shared_passages(compared.words, one.words)
        yield SideBySide(
            item=one.item,
            lead=one.lead,
            received=moment(one.item.received_at, one.item.round.zone),
            way=way_words(one.item),
            target=target_words(one.item),
            tags=tags_html(one.item, Place.START),
            sentences=one.agreement.sentences,
            own=tuple(_parts(compared.words, [mine for mine, _its in passages])),
            its=tuple(_parts(one.words, [its for _mine, its in passages])),
            is_at_other_desk=_leads_elsewhere(item, one),
        )


def _leads_elsewhere(item: Submission, one: Candidate) -> bool:
    return one.lead.desk_id != item.desk_id


def _parts(words: str, places: list[tuple[int, int]]) -> Iterator[Part]:
    """The whole text, with the places that are shared told apart."""
    end = 0
    for start, stop in places:
        if words[end:start]:
            yield Part(words[end:start], is_shared=False)
        yield Part(words[start:stop], is_shared=True)
        end = stop
    if words[end:]:
        yield Part(words[end:], is_shared=False)
