"""The form of a web report's registration, by the same table as that of the other ways."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from inspection.current import Published
from inspection.models import Target
from intake.access import Deed
from intake.admin.judging.judging_form import NOT_CHOSEN, JudgingForm
from intake.admin.registering.choosing_body import body_meant
from intake.admin.registering.clerk_fields import ClerkCount, ClerkWords
from intake.admin.registering.register_form import LONGEST_NOTE
from intake.admin.web_registration.web_fields import WEB_ASKED
from intake.casework import rerouting
from intake.casework.moving.judging import Judged
from intake.casework.registering.sending_to import NotToThatDesk, Sending
from intake.casework.registering.way_table import PART_WORDS, Asked, Part
from intake.casework.registering.web_sending import NotThatBody, decide_for
from intake.choices import Category
from intake.models import Desk, StaffUser, Submission
from intake.report.report_limits import LONGEST

LONGEST_ABSTRACT = 4000
_BESIDE = ("target", "category", "abstract", "signers", "desk", "desk_reason")
_OF_SENDING = ("desk", "desk_reason")


class WebForm(JudgingForm):
    """What is judged, and a clerk's words beside what the reporter wrote."""

    target = ClerkWords(longest=LONGEST["target"])
    category = forms.ChoiceField(required=False, choices=[NOT_CHOSEN, *Category.choices])
    abstract = ClerkWords(longest=LONGEST_ABSTRACT, rows=3)
    signers = ClerkCount()
    desk: Any = forms.ModelChoiceField(None, required=False, empty_label=_("按建议分送"))
    desk_reason = ClerkWords(longest=LONGEST_NOTE)

    def __init__(
        self,
        item: Submission,
        published: Published,
        by: StaffUser,
        data: Any = None,
        *,
        abstract: str = "",
    ) -> None:
        super().__init__(item, data, auto_id="id_%s", **shown_of(item, abstract))
        self.item, self.published, self.by = item, published, by
        for asked in WEB_ASKED:
            field = self.fields[asked.name]
            field.label, field.help_text = asked.label, asked.hint
        if by.may(Deed.REROUTE):
            self._choose("desk", _desks(item, by))
        else:
            for name in _OF_SENDING:
                del self.fields[name]

    def tell_no_errors(self) -> None:
        """For a page on which nothing was to be saved yet."""
        if self.is_bound:
            self._errors = ErrorDict()

    def clean_target(self) -> Target | None:
        return body_meant(self.published, self.cleaned_data["target"])

    def sending(self) -> Sending | None:
        """Of a valid form: where it goes; None, with the sentence at the field, if it cannot."""
        typed = self.cleaned_data
        try:
            sending = decide_for(
                self.item, typed["target"], self.published, self.by, typed.get("desk")
            )
        except NotToThatDesk as refusal:
            self.add_error("target" if isinstance(refusal, NotThatBody) else "desk", str(refusal))
            return None
        if typed.get("desk_reason"):
            return sending
        if sending.is_clerks_own:
            self.add_error("desk_reason", "和建议不同，请写下理由。")
            return None
        if sending.desk.pk != self.item.desk_id and not self.item.desk.is_office:
            # Whichever field sends it on, a team's item goes to another desk: that is 改派.
            self.add_error("desk_reason", f"这样会改派到{sending.desk}，请写明为什么改派。")
            return None
        return sending

    def judged(self) -> Judged:
        """Of a valid form."""
        names = [name for name in self.cleaned_data if name not in _BESIDE]
        found = {name: self.cleaned_data[name] for name in names}
        several = {name: tuple(found[name]) for name in ("other_problems", "topics")}
        return Judged(**{**found, **several})

    def parts(self) -> Iterator[tuple[str, list[tuple[Asked, forms.BoundField]]]]:
        """The page's parts, with their fields in the order of the table."""
        for part in Part:
            here = [one for one in WEB_ASKED if one.part is part and one.name in self.fields]
            if here:
                yield PART_WORDS[part], [(asked, self[asked.name]) for asked in here]


def shown_of(item: Submission, abstract: str) -> dict[str, Any]:
    """What the fields beside the judging start with."""
    name = str(item.target.name) if item.target else ""
    return {
        "target": name,
        "category": item.category,
        "abstract": abstract,
        "signers": item.signers or "",
    }


def _desks(item: Submission, by: StaffUser) -> "QuerySet[Desk]":
    """The own one stands among them, for the body that is another desk's."""
    others = rerouting.destinations(item, by).values("pk")
    found = Desk.objects.filter(Q(pk__in=others) | Q(pk=item.desk_id))
    return found.select_related("team").order_by("team__order", "pk")
