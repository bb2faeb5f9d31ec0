"""What stands beside the fields of a web report: the letter, what it proposes, where it goes."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from inspection.current import Published, read
from inspection.models import Target
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.finding.way_back import item_address
from intake.admin.items.file_lines import files_of
from intake.admin.items.item_lines import moment, received_words, way_words
from intake.admin.items.item_page import supplements_of, told_facts
from intake.admin.link_targets import only_post
from intake.admin.registering.choosing_body import body_meant
from intake.admin.registering.register_page import PROPOSAL, last_registered
from intake.admin.registering.sending_words import LEAVES, Proposed
from intake.admin.together.repeats_card import repeats_context
from intake.admin.web_registration.web_offers import lines_of
from intake.admin.web_registration.web_sheet import WebSheet
from intake.admin.who import member
from intake.admin.writing.others_here import noted_here
from intake.admin.writing.written_page import written_in
from intake.admin.writing.written_places import place_named
from intake.casework import opening
from intake.casework.proposing import Written
from intake.casework.proposing.own_people import reminders
from intake.casework.registering.web_reports import proposals_of
from intake.casework.registering.web_sending import LEAVE_EMPTY, propose_for
from intake.models import StaffUser, Submission
from intake.report.draft import Report
from intake.staff.keyring import keyring_of

OFFICES_HINT = "送到别的受理席以后，由那里接着甄别；内容和材料重新封存。"
MAY_NOT_SEND = f"这个单位归别的受理席。{LEAVE_EMPTY}"


def place_of(item: Submission) -> str:
    """Under which what a clerk types about it is kept."""
    return place_named("web", item.pk)


def beside(request: HttpRequest, item: Submission, sheet: WebSheet) -> dict[str, Any]:
    """Opens it, with its event; nothing of it is stored. Raises CannotOpen."""
    user, at, keyring = member(request), received_at(request), keyring_of(request)
    opened = opening.open(item, keyring, by=user, at=at)
    files = files_of(item, opened.report.attachments, keyring=keyring)
    return {
        "opened": opened,
        "opened_at": moment(at, item.round.zone),
        "received": f"{received_words(item)} {way_words(item)}",
        "told": told_facts(opened.report),
        "files": files,
        "supplements": list(supplements_of(item, opened, len(files), keyring)),
        "reminders": _reminders(opened.report),
        "offers": lines_of(item, proposals_of(item, opened.report)),
        "proposed": proposed_of(item, _target_of(sheet), sheet.form.published, user),
        "last": last_registered(request),
        "written": written_in(request, place_of(item), is_sent=request.method == "POST"),
        "written_at": item_address(request, item, "web"),
        **noted_here(request, item),
        **repeats_context(item, user, opened.facts, keyring),
    }


@only_post
def web_routing_view(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """POST `target` as far as it is typed: where it goes, to be put in. Nothing is opened."""
    user = member(request)
    if not user.may(Deed.REGISTER):
        raise PermissionDenied
    mine = Submission.objects.visible_to(user).select_related("round", "desk__team", "target")
    item = mine.defer("sealed").filter(pk=item_id).first()
    if item is None:
        raise Http404
    published = read(item.round)
    try:
        target = body_meant(published, request.POST.get("target", "").strip())
    except ValidationError:
        target = item.target
    return TemplateResponse(
        request, PROPOSAL, {"proposed": proposed_of(item, target, published, user)}
    )


def proposed_of(
    item: Submission, target: Target | None, published: Published, by: StaffUser
) -> Proposed:
    """In words, with what else is to be said before saving."""
    sending = propose_for(item, target, published, by)
    notes = [LEAVES] if sending.leaves else []
    if sending.desk.pk != item.desk_id:
        notes.append(OFFICES_HINT if by.may(Deed.REROUTE) else MAY_NOT_SEND)
    return Proposed(str(sending.desk), str(sending.target or ""), sending.reason, tuple(notes))


def _reminders(report: Report) -> list[str]:
    """Of what lies at the head's desk already, nobody is reminded."""
    written = Written(report.narrative, report.subject, report.place, report.happened)
    return reminders(written, is_ticked=report.about_inspectors, is_web=True)


def _target_of(sheet: WebSheet) -> Target | None:
    """The body that is meant as far as it is right, else the one that it has."""
    form = sheet.form
    if not form.is_bound:
        return form.item.target
    form.is_valid()
    found: Target | None = form.cleaned_data.get("target", form.item.target)
    return found
