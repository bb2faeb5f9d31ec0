"""Fields that two wrote, each in another way: what became of each, and whose words stay."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from django.forms import BaseForm
from django.http.request import QueryDict

from intake.admin.writing.in_words import said
from intake.report.case_comparing import Difference, Words, differences

MINE, THEIRS, CHOOSE = "mine", "theirs", "choose-"
NOT_CHOSEN = "请选一份：用您写的，还是用对方的。"


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else did to a field, in words, and whose is to stay."""

    before: str
    theirs: str
    is_to_decide: bool
    chosen: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A field of the form."""

    field: Any
    meanwhile: Meanwhile | None


@dataclass(slots=True)
class Deciding:
    """`found` is what others changed since the page was opened, `chosen` whose is to stay."""

    found: list[Difference] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)

    @classmethod
    def typed(cls, data: QueryDict, names: Iterable[str]) -> Self:
        return cls(chosen={name: data.get(f"{CHOOSE}{name}", "") for name in names})

    def is_done(self, names: Iterable[str], *, before: Words, theirs: Words, mine: Words) -> bool:
        """Whether each field that two changed is decided."""
        found = differences(names, before=before, theirs=theirs, mine=mine)
        self.found = [one for one in found if one.is_to_decide]
        fields = (one.field for one in self.found)
        self.undecided = {name for name in fields if self.chosen[name] not in (MINE, THEIRS)}
        return not self.undecided

    def theirs(self) -> dict[str, Any]:
        """The other's words, of the fields for which they were chosen."""
        return {one.field: one.theirs for one in self.found if self.chosen[one.field] == THEIRS}

    def lines(self, form: BaseForm) -> Iterator[Line]:
        for one in form:
            yield Line(one, self.meanwhile(one.name))

    def meanwhile(self, name: str) -> Meanwhile | None:
        """None of a field that nobody else changed."""
        one = next((one for one in self.found if one.field == name), None)
        if one is None:
            return None
        return Meanwhile(
            said(name, one.before),
            said(name, one.theirs),
            one.is_to_decide,
            self.chosen.get(name, ""),
            NOT_CHOSEN if name in self.undecided else "",
        )
