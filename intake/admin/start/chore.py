"""A line of what is to be done first, and what the start page asks with."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from inspection.models import Round
from intake.admin.items.waiting_filters import due_lists_of
from intake.admin.start.tallying import Tally, tally_of
from intake.admin.who import Around, desks_around, desks_of, member, round_of, today_of
from intake.casework.deadlines.rule_book import RuleBook
from intake.models import Desk, StaffUser


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to do, and where."""

    tag: str
    tone: str
    words: str
    url: str = ""
    label: str = "去办"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for the page, and when; what several lines need is asked for once."""

    request: HttpRequest
    at: datetime

    @property
    def user(self) -> StaffUser:
        return member(self.request)

    @property
    def round(self) -> Round | None:
        return round_of(self.request)

    @property
    def desks(self) -> list[Desk]:
        return desks_of(self.request)

    @property
    def tally(self) -> Tally:
        """How many items the own desks hold."""
        return tally_of(self.request)

    @property
    def watched(self) -> list[Around]:
        """The desks of the rounds that the member watches."""
        return [one for one in desks_around(self.request) if one.is_watched]

    @property
    def book(self) -> RuleBook:
        """The rules of deadlines."""
        return due_lists_of(self.request).book

    @property
    def today(self) -> date | None:
        """By the clocks of the round."""
        return today_of(self.request)
