"""Places with a mark in everything that was put there: a desk, or some rows of one.

A mark is a word with the place in it, a number or an id.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from intake import audit
from intake.casework import case_files, registering, saved_filters
from intake.casework.case_files import Seen
from intake.casework.registering import scans
from intake.casework.together import helping, linking, recusing
from intake.casework.transfers import gathering
from intake.casework.transfers.gathering import Into
from intake.casework.writing import written_words
from intake.choices import Handling, ListKind, Nature, NoteKind, NotKeptReason, Scope, Status
from intake.models import Appraisal, Desk, DeskAccess, DraftScan, Receiver, StaffUser, Submission
from intake.models.codes_field import as_codes
from intake.report.case_words import Accused, CaseWords, Reporter
from intake.report.draft import Attachment as File
from intake.sealing.sealing import seal
from intake.staff.keyring import Keyring
from tests.box_work import keep_sealed, open_box
from tests.intake.casework.transfers.list_world import World as Lists
from tests.intake.report.evidence.evidence_corpus import picture
from tests.making import INSIDE, Intake, make_box
from tests.staff_work import keyring_for, send, send_with_all

# What the routing needs to be told for the head's desk, and for the superior's.
ABOUT = {"h": "about_inspectors", "s": "about_office"}


@dataclass
class Place:
    """A desk of a round, or a part of one; `keys` are the ids of its rows by kind."""

    name: str
    intake: Intake
    desk: Desk
    clerk: StaffUser | None = None
    keys: dict[str, str] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def word(self, what: str) -> str:
        return f"mark-{self.name}-{what}"

    @property
    def phone(self) -> str:
        """The telephone of whoever writes about it."""
        return f"1390000{int(self.name, 36):04}"


@cache
def keyring(user: StaffUser) -> Keyring:
    return keyring_for(user)


def send_to(place: Place, number: int = 0) -> Submission:
    """A report that is routed to this desk, with its mark in every word; the first with files."""
    desk, target = place.desk, None
    if desk.is_teams:
        target = place.intake.targets[place.intake.desks.index(desk)]
    words = ("narrative", "place", "subject", "happened", "reporter_name")
    typed: dict[str, Any] = {name: place.word(f"{name}{number}") for name in words}
    typed |= {"identity": "named", "reporter_phone": place.phone}
    if about := ABOUT.get(place.name[1]):
        typed[about] = True
    item = (send if number else send_with_all)(place.intake, target, **typed)
    assert item.desk_id == desk.pk, (place.name, item.route_reason)
    place.ids |= {str(item.pk), *(str(one.pk) for one in item.attachments.all())}
    return item


def register_at(place: Place, *items: Submission) -> None:
    assert place.clerk
    registering.register(items, by=place.clerk, at=INSIDE)
    for item in items:
        item.refresh_from_db()
        place.numbers.add(str(item))


def fill_desk(place: Place, count: int) -> None:
    """The first is written at, the last but one stands on a list, and the last has no number."""
    items = [send_to(place, number) for number in range(count)]
    _keep_keys(place, items[0])
    if place.clerk is None:
        return
    register_at(place, *items[:-1])
    _write(place, items[0], place.clerk)
    _gather(place, items[-2], place.clerk)
    access = DeskAccess.objects.get(user=place.clerk, desk=place.desk)
    place.keys |= {"deskaccess": str(access.pk), "desk": str(place.desk.pk)}


def _keep_keys(place: Place, item: Submission) -> None:
    keys = {"submission": item.pk, "attachment": item.attachments.earliest("pk").pk}
    place.keys |= {kind: str(key) for kind, key in keys.items()}


def _write(place: Place, item: Submission, clerk: StaffUser) -> None:
    """What clerks write: saved, not saved, and scanned."""
    words = CaseWords(
        accused=(Accused(name=place.word("accused"), post=place.word("post")),),
        **{name: place.word(name) for name in ("abstract", "proposal", "approval", "result")},
    )
    told = Reporter(name=place.word("told"), address=place.word("address"))
    seen, keys = Seen(0, None), keyring(clerk)
    case_files.save(item, keys, words=words, reporter=told, seen=seen, by=clerk, at=INSIDE)
    noted = {"kind": NoteKind.REASON, "words": place.word("reason")}
    case_files.add_note(item, keys, by=clerk, at=INSIDE, **noted)
    typed = (("abstract", f"draft-{clerk.username}-"),)
    for where in (f"item:{item.pk}", "register"):
        written_words.keep(typed, place=where, keyring=keys, at=INSIDE)
    asked = f"q={place.word('asked')}"
    kept = saved_filters.save(f"draft-{clerk.username}-f", asked, keyring=keys, at=INSIDE)
    place.keys["savedfilter"] = kept.key
    scan = File.of_bytes(f"draft-{clerk.username}-scan.jpg", "jpeg", picture())
    (note,) = scans.keep([scan], nonce="0" * 16, keyring=keys, real_at=INSIDE)
    place.keys["scan"] = str(DraftScan.objects.get(pk=note.pk).pk)
    place.ids.add(place.keys["scan"])


def _gather(place: Place, item: Submission, clerk: StaffUser) -> None:
    """A notice to set something right, as teams and offices write them."""
    body = item.target or place.intake.targets[0]
    values: dict[str, Any] = {"status": Status.FIXING, "handled_as": Handling.FIX, "target": body}
    values |= {"nature": Nature.APPEAL, "scope": Scope.OUT}
    Submission.objects.filter(pk=item.pk).update(**values)
    into = Into(ListKind.FIX, gathering.receiver_of_body(body))
    row = gathering.gather([item.pk], into, keyring=keyring(clerk), by=clerk, at=INSIDE)
    place.keys |= {"transferlist": str(row.pk), "entry": str(row.entries.get().pk)}
    place.ids.add(str(row.pk))


def send_list(place: Place, office: Place, head: StaffUser) -> None:
    """An item of a team goes out of the round on a list that the team never sees."""
    assert office.clerk
    item = send_to(place, 80)
    register_at(place, item)
    values: dict[str, Any] = {"status": Status.TO_TRANSFER, "handled_as": Handling.TRANSFER}
    values |= {"nature": Nature.APPEAL, "scope": Scope.OUT}
    Submission.objects.filter(pk=item.pk).update(**values)
    takes = as_codes([Nature.APPEAL])
    receiver = Receiver.objects.create(name="信访局（演示）", kind="petitions", takes=takes)
    row = Lists(place.intake, office.clerk, head, receiver).sent(item)
    office.ids.add(str(row.pk))


def keep_out(place: Place, clerk: StaffUser, office: StaffUser) -> None:
    """Two items of a desk, of which one repeats the other; one clerk of the desk is kept out."""
    lead, repeat = (send_to(place, number) for number in (0, 1))
    register_at(place, lead, repeat)
    _keep_keys(place, lead)
    link(place, repeat, lead)
    recusing.order(lead, clerk, reason=place.word("kept-out"), by=office, at=INSIDE)


def help_out(place: Place, with_whom: Desk, office: StaffUser) -> Submission:
    """An item that another team reads beside its lead."""
    item = send_to(place)
    register_at(place, item)
    _keep_keys(place, item)
    helping.add(item, with_whom, keyring=keyring(office), by=office, at=INSIDE)
    item.refresh_from_db()
    return item


def link(place: Place, repeat: Submission, lead: Submission) -> None:
    assert place.clerk
    keys = keyring(place.clerk)
    linking.link(
        repeat.pk, lead.pk, version=repeat.version, by=place.clerk, at=INSIDE, keyring=keys
    )


def sign(office: Place) -> None:
    """Openings and sealed matters are the office's, whoever of it recorded them."""
    assert office.clerk
    opening = open_box(make_box(office.intake.round), office.clerk, damage=office.word("damage"))
    matters = [keep_sealed(office.intake.round, office.clerk) for _ in range(2)]
    office.keys |= {"boxopening": str(opening.pk), "sealedmatter": str(matters[0].pk)}
    office.keys |= {
        "office_round": str(office.intake.round.pk),
        "appraisal": str(_appraised(office, office.clerk).pk),
    }
    office.ids.add(str(opening.pk))


def _appraised(office: Place, clerk: StaffUser) -> Appraisal:
    """A list that waits for its signatures, with the office's words about an item of its own."""
    row = Appraisal.objects.create(
        round=office.intake.round, desk=office.desk, is_kept=False, made_by=clerk, made_at=INSIDE
    )
    sealed = seal(office.word("appraised").encode(), office.desk.recipient)
    row.entries.create(
        submission_id=office.keys["submission"],
        reason=NotKeptReason.OTHER,
        sealed=sealed,
        sealed_digest=audit.fingerprint(sealed),
    )
    return row
