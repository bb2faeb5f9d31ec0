"""Parts come in any order and any number of times, are opened by their form alone, and go."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from intake.arriving.ahead import waiting_content, waiting_files
from intake.arriving.ahead.sheet_keys import SheetKey
from intake.arriving.ahead.waiting_content import (
    Gone,
    NotWhole,
    Taken,
    TakenContent,
    WaitingContent,
)
from intake.arriving.ahead.waiting_files import Announced, Come, NotTaken, TooManyWait
from intake.models import TakenFile, WaitingPart
from intake.report.report_limits import MAX_FILE_BYTES, MAX_FILES, PART

pytestmark = pytest.mark.django_db

AT = datetime(2025, 4, 15, 2, tzinfo=UTC)
CANARY = "（演示）录下的话".encode()
FILM = CANARY + b"\0" * (2 * PART) + CANARY
FILE = Announced.of("ab" * 8, str(len(FILM)))
SHEET = SheetKey.of("n" * 22, b"secret of the site")


def part(number: int, content: bytes = FILM) -> bytes:
    return content[number * PART : (number + 1) * PART]


def keep(number: int, sheet: SheetKey = SHEET, file: Announced = FILE, at: datetime = AT) -> None:
    waiting_files.keep(sheet, file, number, part(number), at=at)


def test_parts_in_any_order_and_twice_are_one_file():
    keep(2)
    assert waiting_files.come_of(SHEET, FILE).parts == 0
    keep(0)
    keep(0)
    assert waiting_files.come_of(SHEET, FILE).parts == 1
    keep(1)
    assert waiting_files.come_of(SHEET, FILE).parts == FILE.count == 3
    found = waiting_content.find(SHEET, FILE)
    assert (found.size, found.sha256) == (len(FILM), hashlib.sha256(FILM).hexdigest())
    with found.opened() as file:
        assert file.read() == FILM
        file.seek(-len(CANARY), 2)
        assert file.read() == CANARY
        file.seek(PART - 3)
        assert file.read(9) == FILM[PART - 3 : PART + 6]


def test_a_part_that_is_missing_is_told_and_nothing_is_made_up():
    keep(0)
    keep(2)
    with pytest.raises(NotWhole):
        waiting_content.find(SHEET, FILE)


def test_what_lies_in_the_database_tells_nobody_anything():
    for number in range(FILE.count):
        keep(number)
    for row in WaitingPart.objects.all():
        assert CANARY not in bytes(row.piece)
    other = SheetKey.of("m" * 22, b"secret of the site")
    assert waiting_files.come_of(other, FILE).parts == 0
    # Whoever moved the rows to a form of their own could open none of them.
    WaitingPart.objects.update(sheet=other.name)
    with pytest.raises(NotWhole):
        waiting_content.find(other, FILE)


@pytest.mark.parametrize("change", ["another place", "cut off", "another size"])
def test_an_altered_part_is_no_part(change: str):
    for number in range(FILE.count):
        keep(number)
    file = FILE
    if change == "another place":
        WaitingPart.objects.filter(number=1).delete()
        WaitingPart.objects.filter(number=0).update(number=1)
        keep(0)
    elif change == "cut off":
        row = WaitingPart.objects.get(number=1)
        row.piece = bytes(row.piece)[:-1]
        row.save()
    else:
        file = Announced(FILE.file, FILE.size - 1)
    with pytest.raises(NotWhole):
        waiting_content.find(SHEET, file)


@pytest.mark.parametrize(
    ("file", "size"),
    [
        *(("", "9"), ("../../etc/passwd0", "9"), ("AB" * 8, "9"), ("ab" * 99, "9")),
        *((FILE.file, size) for size in ("0", "-1", "９", "", str(MAX_FILE_BYTES + 1))),
    ],
)
def test_what_no_form_can_have_is_not_announced(file: str, size: str):
    with pytest.raises(NotTaken):
        Announced.of(file, size)


def test_a_part_has_its_length_and_its_place():
    for number, piece in [(0, b"short"), (2, part(0)), (3, b"x"), (-1, part(0))]:
        with pytest.raises(NotTaken):
            waiting_files.keep(SHEET, FILE, number, piece, at=AT)
    assert not WaitingPart.objects.exists()


def test_one_form_has_no_more_than_nine_files():
    small = [Announced.of(f"{number:016x}", "3") for number in range(MAX_FILES + 1)]
    for file in small[:MAX_FILES]:
        waiting_files.keep(SHEET, file, 0, b"abc", at=AT)
    with pytest.raises(NotTaken):
        waiting_files.keep(SHEET, small[MAX_FILES], 0, b"abc", at=AT)
    waiting_files.drop(SHEET, small[0].file)
    waiting_files.keep(SHEET, small[MAX_FILES], 0, b"abc", at=AT)


def test_all_forms_together_have_no_more_than_the_site_allows(settings: Settings):
    settings.MOST_WAITING_PARTS = 2
    keep(0)
    keep(1)
    with pytest.raises(TooManyWait):
        keep(2)


def test_what_waited_for_two_days_goes():
    keep(0)
    keep(1, at=AT + timedelta(hours=1))
    assert waiting_files.sweep(AT + waiting_files.KEPT + timedelta(minutes=1)) == 1
    assert WaitingPart.objects.get().number == 1


def test_of_a_file_that_was_taken_only_a_description_is_left_and_that_for_its_form():
    for number in range(FILE.count):
        keep(number)
    content = waiting_content.find(SHEET, FILE)
    assert isinstance(content, WaitingContent)
    waiting_content.took([Taken(content, "mp4", ("locked",))], at=AT)
    assert not WaitingPart.objects.exists()
    left = waiting_content.find(SHEET, FILE)
    assert isinstance(left, TakenContent)
    assert (left.size, left.sha256, left.kind) == (len(FILM), content.sha256, "mp4")
    assert left.marks == ("locked",)
    with pytest.raises(Gone):
        left.opened()
    assert waiting_files.come_of(SHEET, FILE) == Come(FILE.count, is_taken=True)
    assert content.sha256.encode() not in bytes(TakenFile.objects.get().note)
