"""A fragment for whoever registers: earlier items with the same person or number."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from inspection.models import Target
from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.items.item_lines import line_of
from intake.admin.items.item_page import log_in_again
from intake.admin.who import member, round_of
from intake.casework.together.finding_repeats import look_up
from intake.casework.together.item_facts import told_facts
from intake.report.report_limits import LONGEST
from intake.staff.keyring import KeyringMissing, keyring_of

TEMPLATE = "admin/intake/submission/together/_looked_up.html"


class LookUpForm(forms.Form):
    """What is typed so far, by the names that the registering form has."""

    narrative = forms.CharField(required=False, max_length=LONGEST["narrative"])
    subject = forms.CharField(required=False, max_length=LONGEST["subject"])
    place = forms.CharField(required=False, max_length=LONGEST["place"])
    target = forms.CharField(required=False, max_length=50)
    reporter_name = forms.CharField(required=False, max_length=LONGEST["reporter_name"])
    reporter_phone = forms.CharField(required=False, max_length=100)
    signers = forms.CharField(required=False, max_length=2000)


def looked_up_view(request: HttpRequest) -> HttpResponse:
    """POST the form as it is; gives lines of items, of which nothing was opened."""
    user, round_ = member(request), round_of(request)
    if not user.may(Deed.REGISTER) or round_ is None:
        raise PermissionDenied
    form = LookUpForm(request.POST)
    form.full_clean()
    # What is too long, or not yet as it should be, is left out of the comparison.
    typed = form.cleaned_data
    target = Target.objects.filter(team__round=round_, code=typed.get("target", "")).first()
    facts = told_facts(
        narrative=typed.get("narrative", ""),
        subject=typed.get("subject", ""),
        place=typed.get("place", ""),
        body=target.name if target else "",
        reporter_name=typed.get("reporter_name", ""),
        reporter_phone=typed.get("reporter_phone", ""),
        signers=tuple(typed.get("signers", "").split()),
    )
    try:
        hits = look_up(facts, round_, keyring_of(request), by=user, at=received_at(request))
    except KeyringMissing:
        return log_in_again(request)
    lines = [(line_of(hit.item), [trait.facts.word for trait in hit.traits]) for hit in hits]
    response = TemplateResponse(request, TEMPLATE, {"lines": lines})
    response.headers["Cache-Control"] = "no-store"
    return response
