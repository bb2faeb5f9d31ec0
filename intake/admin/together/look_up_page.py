"""A fragment for whoever registers: earlier items with the same person or number."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from inspection.current import read
from inspection.models import Round
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.items.item_lines import Line
from intake.admin.items.item_page import log_in_again
from intake.admin.registering.choosing_body import body_meant
from intake.admin.registering.register_form import LONGEST_NOTE
from intake.admin.together.repeats_card import lines_of_hits
from intake.admin.who import member, round_of
from intake.casework.together.finding_repeats import look_up
from intake.casework.together.item_facts import told_facts
from intake.report.on_paper.known_reporter import names_in
from intake.report.report_limits import LONGEST
from intake.staff.keyring import KeyringMissing, keyring_of

TEMPLATE = "admin/intake/submission/together/_looked_up.html"


class LookUpForm(forms.Form):
    """What is typed so far, by the names that the registering form has."""

    narrative = forms.CharField(required=False, max_length=LONGEST["narrative"])
    subject = forms.CharField(required=False, max_length=LONGEST["subject"])
    place = forms.CharField(required=False, max_length=LONGEST["place"])
    target = forms.CharField(required=False, max_length=LONGEST["target"])
    reporter_name = forms.CharField(required=False, max_length=LONGEST["reporter_name"])
    reporter_phone = forms.CharField(required=False, max_length=100)
    signer_names = forms.CharField(required=False, max_length=LONGEST_NOTE)


def looked_up_view(request: HttpRequest) -> HttpResponse:
    """POST the form as it is; gives lines of items, of which nothing was opened."""
    user, round_ = member(request), round_of(request)
    if not user.may(Deed.REGISTER) or round_ is None:
        raise PermissionDenied
    try:
        lines = looked_up(request, round_)
    except KeyringMissing:
        return log_in_again(request)
    return TemplateResponse(request, TEMPLATE, {"lines": lines})


def looked_up(request: HttpRequest, round_: Round) -> list[tuple[Line, Sequence[str]]]:
    """Each item in one line, with what it has in common. Raises KeyringMissing."""
    form = LookUpForm(request.POST)
    form.full_clean()
    # What is too long, or not yet as it should be, is left out of the comparison.
    typed = form.cleaned_data
    facts = told_facts(
        narrative=typed.get("narrative", ""),
        subject=typed.get("subject", ""),
        place=typed.get("place", ""),
        body=_body(round_, typed.get("target", "")),
        reporter_name=typed.get("reporter_name", ""),
        reporter_phone=typed.get("reporter_phone", ""),
        signers=tuple(names_in(typed.get("signer_names", ""))),
    )
    by, at = member(request), received_at(request)
    hits = look_up(facts, round_, keyring_of(request), by=by, at=at)
    return lines_of_hits(hits)


def _body(round_: Round, typed: str) -> str:
    """The name of the one that is meant; '' while it could be several."""
    try:
        target = body_meant(read(round_), typed)
    except ValidationError:
        return ""
    return str(target.name) if target else ""
