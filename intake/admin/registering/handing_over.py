"""From the filled-in form to what the use case takes."""

from typing import Any

from django.http import HttpRequest

from inspection.current import Published
from inspection.models import DropBox
from intake.access import Desks
from intake.admin.registering.choosing_body import Choosable
from intake.admin.registering.register_form import RegisterForm
from intake.admin.who import desks_of, member
from intake.casework.registering.arrival_dates import moment_of
from intake.casework.registering.sending_to import Sending
from intake.casework.registering.taking_in import came_late
from intake.choices import Origin
from intake.models import BoxOpening, DeskAccess, StaffUser
from intake.report.draft import Attachment, Draft
from intake.report.on_paper.paper_facts import PaperFacts

_PAPER = ("signer_names", "origin_detail", "original_number", "recorded")


def choosable_by(request: HttpRequest, published: Published) -> Choosable:
    """What this member can choose from, and no row beyond."""
    user, round_ = member(request), published.round
    desks = [desk for desk in desks_of(request) if desk.round_id == round_.pk]
    is_office = user.rules.desks is Desks.THE_OFFICES
    held = DeskAccess.objects.filter(desk__in=desks)
    return Choosable(
        published=published,
        boxes=DropBox.objects.filter(round=round_).order_by("order"),
        openings=BoxOpening.objects.visible_to(user)
        .filter(round=round_, confirmed_by__isnull=False)
        .select_related("drop_box", "round"),
        receivers=StaffUser.objects.filter(pk__in=held.values("user"), is_active=True).order_by(
            "full_name", "username"
        ),
        desks=_desks(desks, is_office=is_office),
    )


def _desks(desks: list[Any], *, is_office: bool) -> Any:
    from intake.models import Desk

    chosen = [desk.pk for desk in desks if desk.is_office or desk.is_teams]
    found = Desk.objects.filter(pk__in=chosen).select_related("team")
    return found.order_by("team__order") if is_office else found


def draft_of(form: RegisterForm, scans: tuple[Attachment, ...] = ()) -> Draft:
    """The draft of a form with its scans; of one that is not right yet, as far as it is."""
    facts = form.cleaned_data
    words = ("place", "subject", "happened", "narrative", "reporter_name", "reporter_phone")
    is_named = any(facts.get(name) for name in ("reporter_name", "reporter_phone"))
    return Draft(
        **{name: facts.get(name, "") for name in words},
        nonce=form.nonce,
        target_code=facts.get("target") or None,
        about_inspectors=facts.get("about_inspectors", False),
        attachments=(*scans, *(facts.get("attachments") or ())),
        identity="named" if is_named else "anonymous",
        withhold_identity=facts.get("withhold_identity", False),
        paper=_paper(facts),
    )


def _paper(facts: dict[str, Any]) -> PaperFacts:
    receivers = [facts.get("receiver"), facts.get("second_receiver")]
    times = {name: facts.get(name) for name in ("started", "ended")}
    return PaperFacts(
        **{name: facts.get(name, "") for name in _PAPER},
        number_refused=bool(facts.get("number_refused")),
        **{name: f"{at:%H:%M}" for name, at in times.items() if at},
        address=facts.get("reporter_address", ""),
        representatives=facts.get("representatives", ""),
        receivers="、".join(one.told_apart for one in receivers if one),
        desk_reason=facts.get("desk_reason", ""),
    )


def arrival_of(form: RegisterForm) -> dict[str, Any]:
    """How a right form's item came in, by the names that `take_in` has for it."""
    facts = form.cleaned_data
    return {
        "way": form.way,
        "origin": facts["origin"],
        "received_at": moment_of(form.dates, form.choosable.published.round.zone),
        "drop_box": facts["drop_box"],
        "opening": facts["opening"],
        "box_number": facts["box_number"] or None,
        "postmarked_on": facts["postmarked_on"],
        "signers": facts["signers"],
        "people": facts["people"],
    }


def is_coming_late(form: RegisterForm, sending: Sending) -> bool:
    """Whether what is typed will be registered as late; not while its day is unknown."""
    dates, published = form.dates, form.choosable.published
    if dates.received_on is None:
        return False
    origin = form.cleaned_data.get("origin", Origin.OWN)
    received_at = moment_of(dates, published.round.zone)
    window = published.window_of(sending.target)
    return came_late(
        window,
        published,
        way=form.way,
        origin=origin,
        received_at=received_at,
        postmarked_on=dates.postmarked_on,
    )
