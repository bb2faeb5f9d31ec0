"""登记来件: the page on which clerks register what did not come by web."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from inspection.admin.offered import NotOffered, refuse_what_is_no_text
from inspection.current import read
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.items.item_page import log_in_again
from intake.admin.link_targets import only_post
from intake.admin.registering.batches import Batch, batch_of
from intake.admin.registering.handing_over import arrival_of, choosable_by, draft_of
from intake.admin.registering.label_page import registered_item
from intake.admin.registering.register_form import RegisterForm, read_way
from intake.admin.registering.scan_pages import lines_of, put_beside, read_key, too_many
from intake.admin.registering.sending_words import Proposed, proposed_of
from intake.admin.together.look_up_page import looked_up
from intake.admin.who import member, round_of
from intake.admin.writing.written_page import (
    HERE,
    Answer,
    answer_of,
    forget_saved,
    written_on_other_sheets,
)
from intake.admin.writing.written_places import PLACES, read_place, sheet_named
from intake.casework.registering import (
    NumberTaken,
    RoundIsPurged,
    SheetUsed,
    batch_words,
    scans,
    take_in,
)
from intake.casework.registering.sending_to import NotToThatDesk, Sending, decide
from intake.casework.registering.way_table import KEPT, WAYS
from intake.casework.writing import written_words
from intake.choices import Origin, Way
from intake.models import Desk, Submission
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import KeyringMissing, keyring_of

TEMPLATE = "admin/intake/registering/page.html"
PROPOSAL = "admin/intake/registering/_proposal.html"
OTHER_WAY, LOOK, TAKE_OFF, ANOTHER = "_way", "_look", "_take_off", "_addanother"
LOOK_UP = "_look_up"
NOT_SAVING = {OTHER_WAY, LOOK, LOOK_UP, TAKE_OFF}
ADD = "admin:intake_submission_add"
# The address of the next one of a batch tells by this the one before.
LAST = "last"
# Under this name, and its sheet's, what is being typed is kept for the same person.
PLACE = "register"


def register_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """GET `way` and what a batch keeps; POST the fields of the table."""
    if not member(request).may(Deed.REGISTER):
        raise PermissionDenied
    try:
        put_back = answer_of(request, _offered_place(request))
        if put_back is Answer.THROWN_AWAY:
            return redirect(ADD)
        typed = None if isinstance(put_back, Answer) else put_back
        form = form_of(request, typed)
        if taken_off := read_key(request.POST.get(TAKE_OFF, "")):
            scans.take_off(taken_off, keyring_of(request))
        if request.method != "POST" or typed or NOT_SAVING & set(request.POST):
            return _page(request, site, form)
        sending = _sending(form, request) if form.is_valid() else None
        item = _taken_in(form, request, sending) if sending else None
        if item is not None:
            return _next(request, form, item)
        return _page(request, site, form, status=422)
    except KeyringMissing:
        return log_in_again(request)


def _offered_place(request: HttpRequest) -> str:
    """The sheet that was offered, of this page alone."""
    typed = request.POST.get(HERE, "")
    return typed if read_place(typed) is PLACES[PLACE] else PLACE


def form_of(request: HttpRequest, put_back: QueryDict | None = None) -> RegisterForm:
    """The form as it was asked for, sent or put back. Raises NotOffered for what no link asks."""
    refuse_what_is_no_text(request.GET)
    if set(request.GET) - {"way", LAST, *KEPT}:
        raise NotOffered("no field of a batch")
    round_ = round_of(request)
    if round_ is None or not Desk.objects.visible_to(member(request)).filter(round=round_).exists():
        raise PermissionDenied
    published = read(round_)
    choosable = choosable_by(request, published)
    now = received_at(request).astimezone(round_.zone)
    sent = put_back or request.POST
    stated = sent.get(OTHER_WAY) or sent.get("way") or request.GET.get("way")
    way = read_way(stated or Way.LETTER)
    if way is None:
        raise NotOffered("a way")
    initial = batch_of(request.GET, choosable).as_initial(now.date(), member(request), way)
    if LAST in request.GET and initial["origin"] != Origin.OWN:
        initial |= batch_words.found(keyring_of(request))
    data, files = (sent, request.FILES) if request.method == "POST" else (None, None)
    return RegisterForm(choosable, way, data, files, now=now, initial=initial)


@only_post
def routing_view(request: HttpRequest) -> HttpResponse:
    """POST the fields as far as they are typed: the proposed desk with its reason, to be put in."""
    if not member(request).may(Deed.REGISTER):
        raise PermissionDenied
    proposed = proposed_of(form_of(request), member(request))
    return TemplateResponse(request, PROPOSAL, {"proposed": proposed})


def register_fields(request: HttpRequest) -> dict[str, Any]:
    """The labels of what was typed, for the page that gives it back; none without a round."""
    round_ = round_of(request)
    if round_ is None or not member(request).may(Deed.REGISTER):
        return {}
    now = received_at(request).astimezone(round_.zone)
    form = RegisterForm(choosable_by(request, read(round_)), Way.LETTER, now=now)
    way = forms.ChoiceField(label="信访方式", choices=[(one.value, one.label) for one in WAYS])
    return {"way": way, **form.fields}


def _sending(form: RegisterForm, request: HttpRequest) -> Sending | None:
    """Where it goes; None, with the sentence at the field, where it cannot go there."""
    wanted = form.cleaned_data["desk"]
    draft = draft_of(form)
    try:
        sending = decide(draft, form.choosable.published, member(request), wanted)
    except NotToThatDesk as refusal:
        form.add_error("desk", str(refusal))
        return None
    if sending.is_clerks_own and not form.cleaned_data["desk_reason"]:
        form.add_error("desk_reason", "和建议不同，请写下理由。")
        return None
    return sending


def _taken_in(form: RegisterForm, request: HttpRequest, sending: Sending) -> Submission | None:
    """The registered item; None for a sheet that was registered with other words."""
    try:
        there = scans.opened_of(form.nonce, keyring_of(request))
        if problems := too_many(there, form.good_files):
            form.add_error("attachments", problems)
            return None
        return take_in(
            draft_of(form, there),
            published=form.choosable.published,
            sending=sending,
            by=member(request),
            keyring=keyring_of(request),
            at=received_at(request),
            **arrival_of(form),
        )
    except SheetUsed as used:
        before, fresh = sheet_named(PLACE, form.nonce), form.use_fresh_sheet()
        put_beside(there, fresh, keyring_of(request))
        written_words.move(before, sheet_named(PLACE, fresh), by=member(request))
        form.add_error(
            None,
            f"这一页刚才已经登记为 {used.item.display_number}，现在的内容和那时不一样。"
            "如果是另一件，请再按一次登记；如果是同一件，请打开那一件去改。",
        )
        return None
    except NumberTaken as taken:
        form.add_error("box_number", str(taken))
        return None
    except RoundIsPurged as purged:
        form.add_error(None, str(purged))
        return None
    except CannotOpen:
        form.add_error("attachments", "放上的扫描件打不开了，请拿掉以后重新放。")
        return None


def _next(request: HttpRequest, form: RegisterForm, item: Submission) -> HttpResponse:
    """Says the number, and leads to the item or to the next one of the batch."""
    forget_saved(request, sheet_named(PLACE, form.nonce))
    is_seen = Submission.objects.visible_to(member(request)).filter(pk=item.pk).exists()
    if ANOTHER in request.POST or not is_seen:
        batch_words.keep(form.cleaned_data, keyring_of(request), at=received_at(request))
        # Not by a message: a script's request beside this one could save the session without it.
        asked = {"way": form.way.value, **Batch.of_form(form).as_query(), LAST: str(item.pk)}
        return redirect(f"{reverse(ADD)}?{urlencode(asked)}")
    late = "按规定作为截止后来件登记。" if item.is_late else ""
    messages.success(request, f"已登记，送到{item.desk}。{late}")
    return redirect(item)


def last_registered(request: HttpRequest) -> Submission | None:
    """The item that this member registered just before, for its number to be said."""
    key = read_key(request.GET.get(LAST, "")) if request.method == "GET" else None
    return registered_item(member(request), key) if key else None


def _page(
    request: HttpRequest, site: admin.AdminSite, form: RegisterForm, status: int = 200
) -> HttpResponse:
    proposed: Proposed | None = proposed_of(form, member(request)) if form.is_bound else None
    keyring, asks = keyring_of(request), LOOK_UP in request.POST
    # Files that came with a form that is shown again are kept as scans, so that none is lost.
    problems = put_beside(form.good_files, form.nonce, keyring)
    if status == HTTPStatus.OK:
        form.tell_no_errors()
    form.start_at(in_batch=bool(set(request.GET) - {"way"}))
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": f"登记{form.way.label}",
        "form": form,
        "parts": list(form.parts()),
        "ways": [(way, way is form.way) for way in WAYS],
        "batch": Batch.of_form(form),
        "proposed": proposed,
        "looked_up": looked_up(request, form.choosable.published.round) if asks else None,
        "last": last_registered(request),
        "scans": lines_of(form.nonce, keyring),
        "problems": problems,
        "written": written_on_other_sheets(request, sheet_named(PLACE, form.nonce)),
        "written_at": reverse(ADD),
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
