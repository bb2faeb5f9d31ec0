"""The registering form as a correction: its fields are those of the table that may be corrected."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import Q

from intake.admin.registering.choosing_body import Choosable
from intake.admin.registering.clerk_fields import ClerkWords
from intake.admin.registering.handing_over import arrival_of
from intake.admin.registering.register_form import RegisterForm
from intake.casework.correcting.correcting import Correction
from intake.casework.correcting.registered import Registered
from intake.casework.moving.needed import LONGEST_WORDS_OF_A_DEED
from intake.casework.registering.way_table import Asked, asked_of
from intake.choices import CorrectionReason, Origin, Way
from intake.models import BoxOpening, Submission
from intake.report.on_paper.told_facts import TOLD_FIELDS


class CorrectForm(RegisterForm):
    """As it is to be, and why; `told` is what stands sealed, by the names of TOLD_FIELDS."""

    reason = forms.ChoiceField(
        label="为什么更正",
        choices=[("", "请选"), *CorrectionReason.choices],
        error_messages={"required": "请选一条理由。"},
    )
    words = ClerkWords(longest=LONGEST_WORDS_OF_A_DEED, rows=2, label="要说明的")

    def __init__(
        self,
        choosable: Choosable,
        item: Submission,
        told: Mapping[str, Any],
        data: Any = None,
        *,
        now: datetime,
        way: Way | None = None,
    ) -> None:
        own = BoxOpening.objects.filter(
            Q(pk__in=choosable.openings.values("pk")) | Q(pk=item.opening_id)
        ).select_related("drop_box", "round")
        super().__init__(
            replace(choosable, openings=own),
            way or Way(item.way),
            data,
            now=now,
            initial=shown_of(item, told),
        )
        self.item = item
        for asked in asked_of(Way(item.way), Origin.SUPERIOR):
            self.fields[asked.name].show_hidden_initial = asked.corrected

    def asked(self, origin: Origin) -> tuple[Asked, ...]:
        return tuple(one for one in asked_of(self.way, origin) if one.corrected)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("reason") == CorrectionReason.OTHER and not facts.get("words"):
            self.add_error("words", "选了“其他原因”，请写明。")
        return facts

    def lacks_its_opening(self) -> bool:
        """What came before there were openings stays without one."""
        is_as_it_was = (
            self.item.opening_id is None and self.cleaned_data.get("drop_box") == self.item.drop_box
        )
        return super().lacks_its_opening() and not is_as_it_was

    def correction(self) -> Correction:
        """Of a valid form."""
        facts = self.cleaned_data
        is_web = self.way is Way.WEB
        return Correction(
            self.registered(),
            None if is_web else self.told(),
            CorrectionReason(facts["reason"]),
            facts["words"],
        )

    def registered(self) -> Registered:
        """Of a valid form; of a web report a clerk says the body, and how many signed it."""
        stands, code = Registered.of(self.item), self.cleaned_data["target"]
        target = self.choosable.published.target(code) if code else None
        if self.way is Way.WEB:
            return replace(stands, target=target, signers=self.cleaned_data["signers"])
        arrival = arrival_of(self)
        arrival |= {name: arrival[name].value for name in ("way", "origin")}
        return Registered(**arrival, target=target, category=stands.category)

    def told(self) -> dict[str, Any]:
        """Of a valid form, as it is sealed."""
        return {name: _as_told(self.cleaned_data[name]) for name in TOLD_FIELDS}


def shown_of(item: Submission, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields start with."""
    at = item.received_at.astimezone(item.round.zone)
    return {
        **told,
        "received_on": at.date(),
        "received_time": f"{at:%H:%M}" if at.time() != time(0) else "",
        "postmarked_on": item.postmarked_on,
        "drop_box": item.drop_box_id,
        "opening": item.opening_id,
        "box_number": item.box_number or "",
        "origin": item.origin,
        "target": str(item.target.name) if item.target else "",
        "signers": item.signers or "",
        "people": item.people or "",
    }


def _as_told(value: Any) -> Any:
    """A time of day as '09:05', '' for none."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else value
