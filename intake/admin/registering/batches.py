"""What the items of one batch share: it stands in the next one's address and holds no words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from inspection.admin.offered import NotOffered
from intake.admin.registering.choosing_body import Choosable
from intake.admin.registering.register_form import RegisterForm
from intake.casework.registering.way_table import BY_NAME, KEPT
from intake.choices import Origin, Way
from intake.models import BoxOpening, StaffUser


@dataclass(frozen=True, slots=True)
class Batch:
    """The kept fields by their names; rows, codes and days."""

    facts: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of_form(cls, form: RegisterForm) -> "Batch":
        """What the next item starts with; of a form that was not sent, what it started with."""
        known = getattr(form, "cleaned_data", form.initial)
        has = {name for name in KEPT if form.way in BY_NAME[name].ways}
        return cls({name: known[name] for name in KEPT if name in has and known.get(name)})

    def as_query(self) -> dict[str, str]:
        """For the address."""
        return {name: _in_address(value) for name, value in self.facts.items()}

    def as_initial(self, today: date, user: StaffUser, way: Way) -> dict[str, Any]:
        """What the form starts with."""
        opening = self.opening
        mine = {"receiver": user} if way is Way.VISIT else {}
        day = opening.opened_at.astimezone(opening.round.zone).date() if opening else today
        box: dict[str, Any] = {}
        if opening:
            box = {"drop_box": opening.drop_box, "box_number": opening.next_number()}
        return {"received_on": day, "origin": Origin.OWN, **mine, **box, **self.facts}

    @property
    def opening(self) -> BoxOpening | None:
        found: BoxOpening | None = self.facts.get("opening")
        return found

    @property
    def words(self) -> str:
        """'14 号箱 · 4月15日开箱 · 第 7 件，共 20 件'; '' outside of an opening."""
        opening = self.opening
        if opening is None:
            return ""
        day = opening.opened_at.astimezone(opening.round.zone)
        done = opening.letters_that_count().count()
        here = f"第 {done + 1} 件" if done < opening.count else f"已登记 {done} 件"
        return f"{opening.drop_box} · {day.month}月{day.day}日开箱 · {here}，共 {opening.count} 件"


def batch_of(asked: Mapping[str, str], choosable: Choosable) -> Batch:
    """What an address keeps. Raises NotOffered for what the page could not have put there."""
    form = RegisterForm.base_fields
    facts: dict[str, Any] = {}
    rows = {
        "drop_box": choosable.boxes,
        "opening": choosable.openings,
        "receiver": choosable.receivers,
        "second_receiver": choosable.receivers,
    }
    for name in KEPT:
        if not asked.get(name):
            continue
        try:
            if name in rows:
                facts[name] = rows[name].get(pk=asked[name])
            else:
                facts[name] = form[name].clean(asked[name])
        except (ValidationError, ValueError, rows_missing(rows.get(name))) as error:
            raise NotOffered(name) from error
    return Batch(facts)


def rows_missing(rows: Any) -> type[Exception]:
    """What such rows raise where there is none."""
    missing: type[Exception] = rows.model.DoesNotExist if rows is not None else ValidationError
    return missing


def _in_address(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "pk", value))
