"""Whatever is done with a large file, it stands nowhere in memory as a whole."""

import io
import tracemalloc
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from intake.casework.ending.archived_item import entries_of
from intake.casework.sealed import handing_up
from intake.casework.viewing.opening_files import open_attachment
from intake.casework.viewing.taking_originals import take
from intake.casework.viewing.viewing_copies import viewing_copies
from intake.choices import Purpose
from intake.filing.files_anew import files_anew
from intake.filing.resealing_rows import Resealer
from intake.keeping.new_files import new_files
from intake.models import Attachment, StaffUser, Submission
from intake.report.draft import Attachment as File
from intake.retention import sealed_copies
from intake.retention.zip_pieces import zipped
from intake.sealing.sealing import new_identity
from intake.sealing.unsealing import in_one
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


def _picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(made, "JPEG")
    return made.getvalue()


# A picture with a long tail, as of a telephone that keeps a film behind it.
LARGE = File.of_bytes("长尾.jpg", "jpeg", _picture() + bytes(24 * MEGABYTE))
# A part has one of them on SQLite, and stands in memory as it comes and as it is handed on.
MOST = 8 * MEGABYTE


@dataclass
class Sent:
    """`row` lies at a team's desk, `above` at the superior's."""

    intake: Intake
    row: Attachment
    above: Submission
    clerk: StaffUser
    office: StaffUser
    folder: Path


def is_looked_at(sent: Sent) -> None:
    keyring = keyring_for(sent.clerk)
    found = open_attachment(sent.row, keyring, by=sent.clerk, at=INSIDE)
    with io.BufferedReader(found.opened) as source:
        assert viewing_copies(source, found.kind).copies


def is_taken_out(sent: Sent) -> None:
    keyring, why = keyring_for(sent.clerk), Purpose.values[0]
    with take(sent.row, keyring, purpose=Purpose(why), by=sent.clerk, at=INSIDE).opened as opened:
        deque(opened.from_to(0, opened.size), maxlen=0)


def is_archived(sent: Sent) -> None:
    keyring = keyring_for(sent.office)
    entries = entries_of(sent.row.submission, keyring, by=sent.office, at=INSIDE)
    deque(zipped(entries, at=INSIDE), maxlen=0)


def is_handed_up(sent: Sent) -> None:
    matter = handing_up.take_up(sent.above.pk, by=sent.office, at=INSIDE)
    deque(handing_up.sealed_bundle(matter, by=sent.office, at=INSIDE), maxlen=0)


def is_written_out(sent: Sent) -> None:
    desk = sent.intake.desks[0]
    assert sealed_copies.write_out(desk, sent.folder / "out", at=INSIDE) > 1


def is_sent_on(sent: Sent) -> None:
    secret, to = sent.intake.secrets[sent.intake.desks[0].pk], sent.intake.desks[1]
    with files_anew() as anew:
        anew.ahead_of(sent.row.submission, secret, to.recipient)


def is_carried_to_a_new_identity(sent: Sent) -> None:
    new = new_identity()
    secret = in_one(new.secret, sent.intake.secrets[sent.intake.desks[0].pk])
    with new_files() as files:
        assert Resealer(secret, new.recipient).file(sent.row.sealed_file, files)


DEEDS: tuple[Callable[[Sent], None], ...] = (
    is_looked_at,
    is_taken_out,
    is_archived,
    is_handed_up,
    is_written_out,
    is_sent_on,
    is_carried_to_a_new_identity,
)


@contextmanager
def held(found: dict[str, int], name: str) -> Iterator[None]:
    """How much of what was not there before stood in memory at once."""
    tracemalloc.start()
    try:
        yield
        found[name] = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_large_file_never_stands_in_memory_as_a_whole(tmp_path: Path):
    intake = make_intake()
    item = send(intake, intake.targets[0], attachments=(LARGE,))
    above = send(intake, about_office=True, attachments=(LARGE,))
    row = item.attachments.select_related("submission__desk", "supplement").get()
    clerk, office = make_clerk(intake, intake.desks[0]), make_clerk(intake, intake.office)
    sent = Sent(intake, row, above, clerk, office, tmp_path)
    found: dict[str, int] = {}
    for deed in DEEDS:
        with held(found, deed.__name__):
            deed(sent)
    assert {name: peak for name, peak in found.items() if peak > MOST} == {}
