"""The form of the registering page, made from the table of ways; it hands over a draft."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from intake.admin.registering.choosing_body import Choosable, body_meant
from intake.admin.registering.clerk_fields import (
    ClerkCount,
    ClerkDay,
    ClerkNumber,
    ClerkTime,
    ClerkWords,
)
from intake.casework.registering.arrival_dates import Dates, problems_with
from intake.casework.registering.fitting_facts import misfits
from intake.casework.registering.way_table import (
    ASKED,
    KEPT,
    PART_WORDS,
    WAYS,
    Asked,
    Part,
    asked_of,
)
from intake.choices import Origin, Way
from intake.citizen.forms.attached_files import Files, good_and_refused
from intake.report.draft import Attachment
from intake.report.form_tokens import new_nonce
from intake.report.on_paper.known_reporter import names_in
from intake.report.on_paper.paper_facts import MOST_REPRESENTATIVES
from intake.report.report_limits import LONGEST

SHEET = "_sheet"
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
LONGEST_NOTE = 200
OPEN_FIRST = (
    "举报箱的来信要登记在开箱记录下，请选这个箱的开箱记录。"
    "还没有的，先由巡察办两个人开箱、清点、确认。"
)


class RegisterForm(forms.Form):
    """All fields of the table; the page shows those of the way.

    `good_files` are known also where others of the files are refused.
    """

    good_files: tuple[Attachment, ...] = ()

    received_on = ClerkDay()
    received_time = ClerkTime()
    postmarked_on = ClerkDay()
    drop_box: Any = forms.ModelChoiceField(None, required=False, empty_label=_("请选"))
    opening: Any = forms.ModelChoiceField(None, required=False, empty_label=_("没有开箱记录"))
    box_number = ClerkNumber()
    started = ClerkTime()
    ended = ClerkTime()
    recorded = forms.ChoiceField(
        required=False, choices=[("", _("没有问")), ("no", _("没有录音")), ("yes", _("有录音"))]
    )
    origin = forms.ChoiceField(required=False, choices=Origin.choices)
    origin_detail = ClerkWords(longest=LONGEST_NOTE)
    original_number = ClerkWords(longest=LONGEST_NOTE)
    target = ClerkWords(longest=LONGEST["target"])
    place = ClerkWords(longest=LONGEST["place"])
    subject = ClerkWords(longest=LONGEST["subject"])
    happened = ClerkWords(longest=LONGEST["happened"])
    narrative = ClerkWords(longest=LONGEST["narrative"], rows=6)
    about_inspectors = forms.BooleanField(required=False)
    attachments = Files()
    signers = ClerkCount()
    signer_names = ClerkWords(longest=LONGEST_NOTE)
    people = ClerkCount()
    representatives = ClerkWords(longest=LONGEST_NOTE)
    reporter_name = ClerkWords(longest=LONGEST["reporter_name"])
    reporter_phone = ClerkWords(longest=LONGEST["reporter_phone"])
    number_refused = forms.BooleanField(required=False)
    reporter_address = ClerkWords(longest=LONGEST_NOTE)
    withhold_identity = forms.BooleanField(required=False)
    receiver: Any = forms.ModelChoiceField(None, required=False, empty_label=_("请选"))
    second_receiver: Any = forms.ModelChoiceField(None, required=False, empty_label=_("请选"))
    desk: Any = forms.ModelChoiceField(None, required=False, empty_label=_("按建议分送"))
    desk_reason = ClerkWords(longest=LONGEST_NOTE)

    def __init__(
        self,
        choosable: Choosable,
        way: Way,
        data: Any = None,
        files: Any = None,
        *,
        now: datetime,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """`now` by the clocks of the round."""
        super().__init__(data, files, initial=initial, label_suffix="")
        self.choosable, self.way, self.now = choosable, way, now
        self.nonce = read_nonce(str(self.data.get(SHEET, ""))) or new_nonce()
        for asked in ASKED:
            field = self.fields[asked.name]
            field.label, field.help_text = asked.label_for(way), asked.hint
            if isinstance(field, ClerkDay):
                field.today = now.date()
        of = {"drop_box": choosable.boxes, "opening": choosable.openings, "desk": choosable.desks}
        receivers = {"receiver": choosable.receivers, "second_receiver": choosable.receivers}
        for name, rows in {**of, **receivers}.items():
            self._field(name).queryset = rows

    def asked(self, origin: Origin) -> tuple[Asked, ...]:
        """The fields that the page has for this way."""
        return asked_of(self.way, origin)

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def use_fresh_sheet(self) -> str:
        """What is sent next from this page is another item."""
        self.nonce = new_nonce()
        return self.nonce

    def tell_no_errors(self) -> None:
        """For a page on which nothing was to be saved yet."""
        if self.is_bound:
            self._errors = ErrorDict()

    def start_at(self, *, in_batch: bool) -> None:
        """Puts the cursor into the first field that is wrong, or that a batch does not fill in."""
        names = [asked.name for asked in self.asked(self.origin_now)]
        wrong = [name for name in names if self.is_bound and name in self.errors]
        filled = {*KEPT, *self.initial} if in_batch else set()
        open_ = [name for name in names if name not in filled] or names
        self._field((wrong or open_)[0]).widget.attrs["autofocus"] = True

    @property
    def origin_now(self) -> Origin:
        """As typed, or as the batch keeps it."""
        stated = self.data.get("origin") if self.is_bound else self.initial.get("origin")
        return Origin(stated) if stated in Origin.values else Origin.OWN

    def parts(self) -> Iterator[tuple[str, list[tuple[Asked, forms.BoundField]]]]:
        """The page's parts with the fields of the way; what is wrong elsewhere is shown as well."""
        # The fields of what others pass on are hidden by a script, and are there without one.
        shown = {asked.name for asked in self.asked(Origin.SUPERIOR)}
        shown |= set(self.errors) if self.is_bound else set()
        for part in Part:
            fields = [a for a in ASKED if a.part is part and a.name in shown]
            if fields:
                yield PART_WORDS[part], [(asked, self[asked.name]) for asked in fields]

    def clean_target(self) -> str:
        """The code of the body that is meant; '' where none was named."""
        target = body_meant(self.choosable.published, self.cleaned_data["target"])
        return target.code if target else ""

    def clean_attachments(self) -> tuple[Attachment, ...]:
        self.good_files, problems = good_and_refused(self.cleaned_data["attachments"])
        if problems:
            raise ValidationError(problems)
        return self.good_files

    def clean_representatives(self) -> str:
        names = names_in(self.cleaned_data["representatives"])
        if len(names) > MOST_REPRESENTATIVES:
            raise ValidationError(
                f"来访代表最多 {MOST_REPRESENTATIVES} 名，现在写了 {len(names)} 名。"
            )
        return "、".join(names)

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        origin = Origin(facts.get("origin") or Origin.OWN)
        opening = facts.get("opening")
        if opening is not None and not facts.get("drop_box") and "drop_box" not in self.errors:
            facts["drop_box"] = opening.drop_box
        self._refuse_what_the_way_has_not(origin)
        facts["origin"] = origin
        self._ask_for_what_it_needs(origin)
        self._assume_what_a_visit_has()
        if self.lacks_its_opening():
            self.add_error("opening", OPEN_FIRST)
        for name, sentence in list(misfits(facts)):
            self.add_error(name, sentence)
        first_day = self.choosable.published.window.first_day
        found = problems_with(self.dates, origin=origin, first_day=first_day, now=self.now)
        for name, sentence in found:
            self.add_error(name, sentence)
        return facts

    @property
    def dates(self) -> Dates:
        """What was typed of days and times, as far as it is right."""
        facts = self.cleaned_data
        names = ("received_on", "received_time", "postmarked_on", "started", "ended")
        opening = facts.get("opening")
        zone = self.choosable.published.round.zone
        opened_on = opening.opened_at.astimezone(zone).date() if opening else None
        return Dates(**{name: facts.get(name) for name in names}, opened_on=opened_on)

    def _refuse_what_the_way_has_not(self, origin: Origin) -> None:
        asked = {one.name for one in self.asked(origin)}
        for one in ASKED:
            if one.name in asked or not self.cleaned_data.get(one.name):
                continue
            whose = "本级自收的" if self.way in one.ways else f"“{Way(self.way).label}”"
            self.add_error(one.name, f"{whose}没有这一项，请空着。")

    def lacks_its_opening(self) -> bool:
        """Two people open a box, count and number, before anything out of it is registered."""
        facts = self.cleaned_data
        is_chosen = facts.get("drop_box") and not facts.get("opening")
        return bool(self.way is Way.BOX and is_chosen and "opening" not in self.errors)

    def _ask_for_what_it_needs(self, origin: Origin) -> None:
        for one in self.asked(origin):
            is_empty = not self.cleaned_data.get(one.name) and one.name not in self.errors
            nothing_to_choose = one.name == "drop_box" and not self.choosable.published.boxes
            if self.way in one.needed and is_empty and not nothing_to_choose:
                self.add_error(one.name, f"请填写{one.label_for(self.way)}。")

    def _assume_what_a_visit_has(self) -> None:
        """Whoever came is at least one, and whoever registers received them unless it says so."""
        if self.way is Way.VISIT:
            facts = self.cleaned_data
            present = names_in(facts.get("representatives", ""))
            facts["people"] = facts.get("people") or max(1, len(present))
            facts["receiver"] = facts.get("receiver") or self.initial.get("receiver")


def read_nonce(typed: str) -> str | None:
    """What tells one sheet of the page from another; None for what is none."""
    return typed if _NONCE.fullmatch(typed) else None


def read_way(value: str) -> Way | None:
    """A way of the table; None for any other word."""
    return next((way for way in WAYS if way == value), None)
