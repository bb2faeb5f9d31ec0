"""What a member may open, in the order of the list, with the sealed parts of each item.

At the own desks everything, also what another desk of the member's wrote for it; of an item that
the own desk helps with, what was passed on to it, and its own case file. What somebody was kept
out of is not there.
"""

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from intake.casework.looking_inside.beside_report import written_beside
from intake.casework.search.child import Item, Part
from intake.casework.together.helped_items import own_helping
from intake.models import CaseFile, Desk, HelpingCopy, StaffUser, Submission, Supplement
from intake.staff.keyring import Keyring, NoDeskAccess

# A key is 16 bytes; nobody waits until more were opened.
MOST_ITEMS = 100_000
SLICE = 400

# Of one part its item, its kind in `item_texts.READERS`, the desk that opens it, and its bytes.
Row = tuple[UUID, str, int, Any]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of items: of the own ones and of those that the own desk helps with."""

    own: tuple[UUID, ...]
    helped: tuple[UUID, ...] = ()

    @classmethod
    def of(cls, listed: "QuerySet[Any]", by: StaffUser, *, with_helped: bool) -> "Keys":
        """`listed` is the list as it is shown; what is only helped with stands in no list."""
        own = tuple(listed.values_list("pk", flat=True)[:MOST_ITEMS])
        if not with_helped:
            return cls(own)
        helped = Submission.objects.helped_by(by).order_by("-received_at", "-pk")
        return cls(own, tuple(helped.values_list("pk", flat=True)[:MOST_ITEMS]))

    def after(self, key: UUID | None) -> "Keys":
        """Those behind this item; all of them where it does not stand there any more."""
        if key in self.own:
            return Keys(self.own[self.own.index(key) + 1 :], self.helped)
        if key in self.helped:
            return Keys((), self.helped[self.helped.index(key) + 1 :])
        return self

    def __len__(self) -> int:
        return len(self.own) + len(self.helped)


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """Of the desks that a member can open, by their keys."""

    by_desk: Mapping[str, str]

    @classmethod
    def of(cls, keyring: Keyring, by: StaffUser) -> "Secrets":
        """Of a desk whose identity does not open, nothing is found."""
        found = {}
        for desk in Desk.objects.visible_to(by):
            try:
                found[str(desk.pk)] = keyring.desk_secret(desk)
            except NoDeskAccess:
                continue
        return cls(found)


@dataclass(frozen=True, slots=True, repr=False)
class Slice:
    """Some items as they are sent to be looked through, and how many there are without a key.

    `last` is the key of the last that was wanted.
    """

    items: list[Item]
    wanted: int
    last: UUID

    @property
    def at_desks(self) -> Counter[str]:
        """How many lie at each desk."""
        return Counter(desk for _key, desk, _parts in self.items)


def slices(keys: Keys, secrets: Secrets, by: StaffUser) -> Iterator[Slice]:
    """What was opened to the member's eyes when the keys were read, and still is."""
    for read, some in ((_own, keys.own), (_helped, keys.helped)):
        for start in range(0, len(some), SLICE):
            wanted = some[start : start + SLICE]
            found = read(wanted, by)
            rows = [found[key] for key in wanted if key in found]
            yield Slice(list(_that_open(rows, secrets)), len(wanted), wanted[-1])


def _that_open(items: Iterable[Item], secrets: Secrets) -> Iterator[Item]:
    """What lies at a desk whose secret there is; without what only another desk opens."""
    for key, desk, parts in items:
        if desk in secrets.by_desk:
            yield key, desk, [part for part in parts if part[1] in secrets.by_desk]


def _own(wanted: Sequence[UUID], by: StaffUser) -> Mapping[UUID, Item]:
    seen = Submission.objects.visible_to(by).filter(pk__in=wanted).order_by()
    rows = list(seen.values_list("pk", "desk_id", "sealed"))
    desks = {pk: desk for pk, desk, _sealed in rows}
    parts = _parts((pk, "report", desk, sealed) for pk, desk, sealed in rows)
    added = Supplement.objects.filter(submission__in=list(desks)).order_by("received_at", "pk")
    supplements = added.values_list("submission", "sealed")
    _add(parts, ((pk, "supplement", desks[pk], sealed) for pk, sealed in supplements))
    _add(parts, _case_files(desks))
    _add(parts, written_beside(desks, by))
    return {pk: (str(pk), str(desk), parts[pk]) for pk, desk in desks.items()}


def _helped(wanted: Sequence[UUID], by: StaffUser) -> Mapping[UUID, Item]:
    there = Submission.objects.helped_by(by).filter(pk__in=wanted).order_by().values("pk")
    helping = own_helping(by).filter(submission__in=there).order_by("added_at", "pk")
    rows = {pk: (item, desk) for pk, item, desk in helping.values_list("pk", "submission", "desk")}
    copies = HelpingCopy.objects.filter(helping__in=list(rows)).order_by("pk")
    parts = _parts(
        (rows[helping_id][0], "supplement" if supplement else "report", rows[helping_id][1], sealed)
        for helping_id, supplement, sealed in copies.values_list("helping", "supplement", "sealed")
    )
    desks = dict(reversed(rows.values()))
    _add(parts, _case_files(desks))
    return {pk: (str(pk), str(desk), parts[pk]) for pk, desk in desks.items()}


def _case_files(desks: Mapping[UUID, int]) -> Iterator[Row]:
    """That of the desk which reads, without the reporter's part."""
    rows = CaseFile.objects.filter(submission__in=list(desks)).order_by()
    for pk, desk, sealed in rows.values_list("submission", "desk", "sealed"):
        if desks[pk] == desk:
            yield pk, "case", desk, sealed


def _parts(rows: Iterable[Row]) -> dict[UUID, list[Part]]:
    found: dict[UUID, list[Part]] = defaultdict(list)
    _add(found, rows)
    return found


def _add(found: dict[UUID, list[Part]], rows: Iterable[Row]) -> None:
    for pk, kind, desk, sealed in rows:
        found[pk].append((kind, str(desk), b64encode(sealed).decode("ascii")))
