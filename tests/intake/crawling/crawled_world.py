"""Two rounds, everything in them marked by its place, and who comes by.

`Visitor.foreign` finds the marks that are not the visitor's.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client

from inspection.models import FocusTopic, WorkCalendarDay
from intake.access import TABLE, Desks
from intake.choices import Role
from intake.models import (
    AuditEvent,
    DeadlineRule,
    Problem,
    Receiver,
    RetentionClass,
    StaffUser,
)
from tests.intake.crawling.places import (
    Place,
    fill_desk,
    help_out,
    keep_out,
    link,
    register_at,
    send_list,
    send_to,
    sign,
)
from tests.logging_in import log_in
from tests.making import (
    Intake,
    make_box,
    make_clerk,
    make_contact,
    make_head,
    make_intake,
    make_staff,
)

# How many items each desk holds: of the teams, the office, its head, and the head's superior.
COUNTS = {"a1": 4, "a2": 3, "ao": 3, "ah": 3, "as": 1, "b1": 3, "bo": 3, "bh": 3, "bs": 1}
# The titles of the rounds, whose numbers stand in those of their items.
ORDINALS = {"a": 31, "b": 57}
# Parts of desks: what one clerk of the first team is kept out of, and what the first team helps
# the second with.
KEPT, HELPED = "ak", "ax"
NEVER = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Visitor:
    """Somebody who comes by; `sees` are names of places, `knows` those whose members are shown."""

    name: str
    client: Client
    sees: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    # The audit says ids, numbers and names of everything, and never a word.
    reads_audit: bool = False

    def foreign(self, world: "World") -> re.Pattern[str]:
        """Finds what is not the visitor's."""
        others = [place for name, place in world.places.items() if name not in self.sees]
        strange = [name for name in world.places if name not in self.knows]
        parts = [place.word("") for place in others]
        if not self.reads_audit:
            parts += [f"name-{name}-" for name in strange]
            parts += [one for place in others for one in place.ids]
            parts += [rf"(?<!\d){one}(?!\d)" for place in others for one in place.numbers]
        # What one wrote and has not saved is for nobody else, at whatever desk.
        return re.compile("|".join([*parts, f"draft-(?!{re.escape(self.name)}-)"]))


@dataclass
class World:
    places: dict[str, Place]
    visitors: dict[str, Visitor]
    # Ids of what belongs to no desk: the notice's and everybody's rows.
    shared: dict[str, str]

    def seen(self, visitor: Visitor, kind: str) -> list[str]:
        """Ids of rows of this kind: of the first desk that has one, and of parts of desks."""
        found = [name for name in visitor.sees if kind in self.places[name].keys]
        whole = [name for name in found if name not in (KEPT, HELPED)][:1]
        # The head of the office sees of them what the office's clerk does.
        parts = [name for name in found if name in (KEPT, HELPED) and "ah" not in visitor.sees]
        return [self.places[name].keys[kind] for name in whole + parts]

    def visited_by(self, visitor: Visitor) -> set[str]:
        """Places of which the visitor opens a row."""
        opened = self.seen(visitor, "submission")
        return {name for name, one in self.places.items() if one.keys["submission"] in opened}

    def robbed(self, visitor: Visitor, kind: str) -> list[Place]:
        """Where such a row of somebody else's lies: in the same round, and in the other.

        Of the own desk it is what one is kept out of, or what a colleague has not saved.
        """
        home = visitor.sees[0][0] if visitor.sees else "a"
        rows = [place for place in self.places.values() if kind in place.keys]
        theirs = [place for place in rows if not self._is_own(visitor, kind, place)]
        beside = [place for place in theirs if visitor.sees and place.name in (KEPT, *visitor.sees)]
        near = [place for place in theirs if place.name[0] == home and place not in beside]
        far = [place for place in theirs if place.name[0] != home and place.name != KEPT]
        # Two of the other round's visitors find two of its desks.
        turn = list(self.visitors).index(visitor.name)
        # The superior's desk is robbed from next to it.
        superiors = [one for one in near[1:] if one.clerk is None and "ao" in visitor.sees]
        others = [*near[:1], *superiors, *([far[turn % len(far)]] if far else ())]
        return [*beside[:1], *others] if visitor.sees else others[:1]

    def _is_own(self, visitor: Visitor, kind: str, place: Place) -> bool:
        """Scans that are not saved, and filters that are, are their clerk's alone."""
        if kind in ("scan", "savedfilter"):
            return place.clerk is not None and place.clerk.username == visitor.name
        return place.name in visitor.sees


def make_world() -> World:
    places: dict[str, Place] = {}
    for letter, ordinal in ORDINALS.items():
        teams = 2 if letter == "a" else 1
        intake = make_intake(teams, ordinal=ordinal, title=f"第{ordinal}轮巡察公告")
        desks = {str(number): desk for number, desk in enumerate(intake.desks, 1)}
        desks |= {"o": intake.office, "h": intake.head, "s": intake.superior}
        for key, desk in desks.items():
            places[letter + key] = Place(letter + key, intake, desk)
    for place in places.values():
        place.clerk = _clerk_of(place)
    for place in places.values():
        fill_desk(place, COUNTS[place.name])
    for letter in ORDINALS:
        sign(places[f"{letter}o"])
    team, other, office, head = (places[name] for name in ("a1", "a2", "ao", "ah"))
    kept_out = make_clerk(team.intake, team.desk, **_named(team, "kept", may_approve=True))
    assert office.clerk and head.clerk
    places[KEPT] = Place(KEPT, team.intake, team.desk, team.clerk)
    keep_out(places[KEPT], kept_out, office.clerk)
    _share(places, office.clerk)
    send_list(other, office, head.clerk)
    return World(places, _visitors(places, kept_out), _shared(team.intake))


def _share(places: dict[str, Place], office: StaffUser) -> None:
    """The first team helps the second with an item, and not with what repeats it."""
    team, other = places["a1"], places["a2"]
    places[HELPED] = Place(HELPED, other.intake, other.desk, other.clerk)
    lead = help_out(places[HELPED], team.desk, office)
    repeat = send_to(other, 70)
    register_at(other, repeat)
    link(other, repeat, lead)


def _named(place: Place, who: str, **changes: Any) -> dict[str, Any]:
    return {"full_name": f"name-{place.name}-{who}", "username": f"{place.name}-{who}", **changes}


def _clerk_of(place: Place) -> StaffUser | None:
    """Who does what is done at the desk; nobody is at the superior's."""
    if place.name[1] == "s":
        return None
    if place.name[1] == "h":
        return make_head(place.intake, **_named(place, "head"))
    return make_clerk(place.intake, place.desk, **_named(place, "first"))


def _visitors(places: dict[str, Place], kept_out: StaffUser) -> dict[str, Visitor]:
    """Every role at desks of two rounds, and heads; the one of a team is kept out of something."""
    parts = (KEPT, HELPED)
    coming: list[tuple[StaffUser | None, tuple[str, ...]]] = [
        (kept_out, ("a1", HELPED)),
        (places["a2"].clerk, ("a2", HELPED)),
        (places["b1"].clerk, ("b1",)),
        (places["ao"].clerk, ("ao", "a1", "a2", *parts)),
        (places["bo"].clerk, ("bo", "b1")),
        (places["ah"].clerk, ("ah", "ao", "a1", "a2", *parts)),
        (places["bh"].clerk, ("bh", "bo", "b1")),
    ]
    found = [Visitor("stranger", Client())]
    for member, sees in coming:
        assert member
        letter = sees[0][0]
        knows = (*sees, f"{letter}o", f"{letter}h")
        found.append(Visitor(member.username, log_in(Client(), member), sees, knows))
    for role, rules in TABLE.items():
        if rules.desks is Desks.NONE:
            client, reads_audit = log_in(Client(), make_staff(role)), role is Role.AUDITOR
            found.append(Visitor(role.value, client, (), tuple(places), reads_audit))
    return {visitor.name: visitor for visitor in found}


def _shared(intake: Intake) -> dict[str, str]:
    round_ = intake.round
    topic = FocusTopic.objects.create(round=round_, order=1, kind="town", heading="（演示）")
    keys = {
        "staffuser": make_clerk(intake, intake.desks[0], full_name="name-a1-idle").pk,
        "auditevent": AuditEvent.objects.latest("sequence").pk,
        "round": round_.pk,
        "team": intake.teams[0].pk,
        "target": intake.targets[0].pk,
        "contactpoint": make_contact(round_).pk,
        "dropbox": make_box(round_).pk,
        "focustopic": topic.pk,
        "receiver": Receiver.objects.earliest("pk").pk,
        "deadlinerule": DeadlineRule.objects.earliest("pk").pk,
        "problem": Problem.objects.earliest("pk").pk,
        "retentionclass": RetentionClass.objects.earliest("pk").pk,
        "workcalendarday": WorkCalendarDay.objects.earliest("date").pk,
    }
    return {kind: str(key) for kind, key in keys.items()}
