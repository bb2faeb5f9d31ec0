"""A sealed file is whole in the database, or not there at all."""

import io
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import IO, Any

import pytest
from django.db import IntegrityError, connection, transaction

from inspection.current import read
from intake.citizen.submitting import submit
from intake.keeping import part_rows, sealed_files
from intake.keeping.new_files import new_files
from intake.models import Attachment, SealedPart
from intake.report.draft import Attachment as File
from intake.retention import sweeping
from tests.intake.keeping.kept import files_in_the_folder, kept_names
from tests.making import INSIDE, make_draft, make_intake
from tests.sending import JPEG

pytestmark = pytest.mark.django_db

LATER = datetime.now(UTC) + timedelta(days=1, hours=1)


def parts_of(name: str) -> list[tuple[int, int]]:
    """Number and size of each part."""
    rows = SealedPart.objects.filter(file=name).order_by("number")
    return [(row.number, len(row.piece)) for row in rows]


@pytest.mark.parametrize("more", [-1, 0, 1, 2.5])
def test_reads_what_it_wrote_from_anywhere_in_it(more: float):
    size = part_rows.part_size()
    content = secrets.token_bytes(int(size + more * (size if more > 1 else 1)))
    # In pieces of age's size, none of which ends where a part does.
    pieces = (content[start : start + 65555] for start in range(0, len(content), 65555))
    name = sealed_files.write_by(lambda file: file.writelines(pieces))
    assert sealed_files.read(name) == content
    assert [held for _, held in parts_of(name)[:-1]] == [size] * (len(parts_of(name)) - 1)
    with sealed_files.opened(name) as file:
        for place in (len(content) - 7, size - 3, 0, 5):
            file.seek(place)
            assert (file.tell(), file.read(9)) == (place, content[place : place + 9])
        assert (file.seek(-4, io.SEEK_END), file.read()) == (len(content) - 4, content[-4:])
        file.seek(len(content) + 9)
        assert file.read() == b""
    assert files_in_the_folder() == []


def test_what_is_not_there_is_no_file():
    for ask in (sealed_files.read, sealed_files.opened, sealed_files.fingerprint):
        for name in ("0" * 32, "../../manage.py", "-"):
            with pytest.raises(FileNotFoundError):
                ask(name)
    name = sealed_files.write(b"")
    assert sealed_files.read(name) == b""


def delete(number: int) -> Callable[[str], object]:
    return lambda name: SealedPart.objects.filter(file=name, number=number).delete()


def lengthen(name: str) -> None:
    part = SealedPart.objects.filter(file=name).latest("number")
    SealedPart.objects.filter(pk=part.pk).update(piece=bytes(part.piece) + b"!")


def add(name: str) -> None:
    SealedPart.objects.create(file=name, number=3, piece=b"!")


def swap(name: str) -> None:
    SealedPart.objects.filter(file=name, number=0).update(number=9)
    SealedPart.objects.filter(file=name, number=1).update(number=0)
    SealedPart.objects.filter(file=name, number=9).update(number=1)


@pytest.mark.parametrize("damage", [delete(1), delete(2), lengthen, add, swap])
def test_a_part_that_was_changed_changes_the_fingerprint(damage: Callable[[str], object]):
    name = sealed_files.write(secrets.token_bytes(2 * part_rows.part_size() + 5))
    before = sealed_files.fingerprint(name)
    damage(name)
    assert sealed_files.fingerprint(name) != before


def test_a_part_stands_once_and_has_no_negative_number():
    name = sealed_files.write(b"sealed")
    for number, complaint in ((0, "sealed_part_once|UNIQUE"), (-1, "number")):
        with pytest.raises(IntegrityError, match=complaint), transaction.atomic():
            part_rows.put(name, number, b"once more")


def fails_after(size: int) -> Callable[[IO[bytes]], None]:
    """Writes so much, and then there is nothing to go on with."""

    def fill(file: IO[bytes]) -> None:
        file.write(b"x" * size)
        raise OSError("cut")

    return fill


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_finished_leaves_nothing():
    some = 2 * part_rows.part_size() + 1
    with pytest.raises(OSError, match="cut"):
        sealed_files.write_by(fails_after(some))
    # Also where the caller goes on: of this deed the rest is kept.
    with transaction.atomic():
        with pytest.raises(OSError, match="cut"):
            sealed_files.write_by(fails_after(some))
        kept = sealed_files.write(b"kept")
    assert kept_names() == {kept}


class Cut(Exception):
    """The deed breaks off."""


@pytest.mark.django_db(transaction=True)
def test_files_of_a_deed_that_names_none_of_them_go():
    with new_files() as files:
        files.write(b"not needed")
    with pytest.raises(Cut), new_files() as files:
        files.write(b"broken off")
        raise Cut
    with pytest.raises(Cut), transaction.atomic(), new_files() as files:
        named = files.write(b"named, but taken back by who called")
        files.are_named()
        raise Cut
    assert kept_names() == set()
    with new_files() as files:
        named = files.write(b"named")
        files.are_named()
    assert kept_names() == {named}


@pytest.mark.django_db(transaction=True)
def test_sqlite_s_lock_is_free_while_a_file_is_sealed():
    """On PostgreSQL parts stand in the report's transaction; there nobody waits for them."""
    seen: list[tuple[bool, int]] = []

    def fill(file: IO[bytes]) -> None:
        file.write(b"x" * part_rows.part_size())
        seen.append((connection.in_atomic_block, len(kept_names())))

    with new_files() as files:
        files.write_by(fill)
        files.are_named()
    assert seen == [(connection.vendor == "postgresql", 1)]


def test_remove_is_content_with_a_file_that_is_gone():
    name = sealed_files.write(b"sealed")
    sealed_files.remove(name)
    sealed_files.remove(name)
    assert kept_names() == set()


def test_sweep_removes_old_files_that_no_row_names():
    intake = make_intake()
    kept = File.of_bytes(name="照片.jpg", kind="jpeg", content=JPEG)
    submit(make_draft(attachments=(kept,)), published=read(intake.round), at=INSIDE)
    sealed_files.write(b"what a crash left" * part_rows.part_size())
    assert sweeping.sweep(LATER) == 1
    assert kept_names() == {Attachment.objects.get().sealed_file}


def test_sweep_leaves_a_young_file_whose_row_may_still_come():
    name = sealed_files.write(b"just now")
    assert sweeping.sweep(datetime.now(UTC)) == 0
    assert kept_names() == {name}


def test_postgresql_does_not_try_to_compress_what_is_encrypted():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT attstorage FROM pg_attribute"
                " WHERE attrelid = 'intake_sealedpart'::regclass AND attname = 'piece'"
            )
            assert cursor.fetchone() == ("e",)


def test_lists_of_what_names_files_load_no_part(django_assert_num_queries: Any):
    intake = make_intake()
    kept = File.of_bytes(name="照片.jpg", kind="jpeg", content=JPEG)
    submit(make_draft(attachments=(kept,)), published=read(intake.round), at=INSIDE)
    with django_assert_num_queries(1) as asked:
        assert [row.size for row in Attachment.objects.select_related("submission")] == [len(JPEG)]
    assert "sealedpart" not in asked.captured_queries[0]["sql"]
