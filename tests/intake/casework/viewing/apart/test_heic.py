"""HEIC pictures: drawn like any other, by a decoder that can reach nothing."""

import io
import shutil
import struct
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from intake.casework.viewing.apart.pictures import heic
from intake.casework.viewing.apart.rooms import Unreadable
from intake.casework.viewing.viewing_copies import CannotShow, has_copy, viewing_copies
from intake.report.contents import windows_of
from tests.conftest import missing
from tests.intake.casework.viewing.apart.needing import needed_for
from tests.intake.report.evidence import evidence_corpus as corpus

Change = Callable[[bytes], bytes]


@pytest.fixture(autouse=True)
def rooms() -> None:
    """HEIC is decoded in a room; some machines forbid them, which is their owner's choice."""
    needed_for("heic")


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A telephone's picture, left half red and right half blue, with a position."""
    if shutil.which("heif-enc") is None:
        missing("heif-enc", "apt-get install libheif-examples")
    return encoded(tmp_path_factory.mktemp("heic"), corpus.picture(size=(640, 480), orientation=6))


def encoded(folder: Path, jpeg: bytes) -> bytes:
    source, made = folder / "photo.jpg", folder / "photo.heic"
    source.write_bytes(jpeg)
    subprocess.run(["heif-enc", str(source), "-o", str(made)], check=True, capture_output=True)
    return made.read_bytes()


def _sides(width: int, height: int) -> bytes:
    return struct.pack(">II", width, height)


def test_nothing_but_the_dots_is_left(photo: bytes):
    assert corpus.exif(6).removeprefix(b"Exif\0\0") in photo
    assert has_copy("heic")

    [made] = viewing_copies(io.BytesIO(photo), "heic").copies

    copy = Image.open(io.BytesIO(made))
    # HEIC says itself how it stands; what its EXIF says of the camera would turn it once more.
    assert (copy.format, copy.mode, copy.size) == ("JPEG", "RGB", (640, 480))
    red, blue = copy.getpixel((50, 240)), copy.getpixel((600, 240))
    assert isinstance(red, tuple) and isinstance(blue, tuple)
    assert red[0] > 200 and red[2] < 60 and blue[2] > 200 and blue[0] < 60
    assert dict(copy.getexif()) == {}
    assert b"Exif" not in made


@pytest.mark.parametrize(
    "change",
    [
        lambda photo: photo[: len(photo) // 2],
        lambda photo: photo[:40],
        lambda photo: photo.replace(_sides(640, 480), _sides(60_000, 60_000)),
        lambda photo: corpus.GOOD["heic"][1](),
        lambda photo: photo[:12] + corpus.picture(),
        lambda photo: b"",
    ],
    ids=["half", "head", "60,000 a side", "nothing in it", "JPEG inside", "empty"],
)
def test_what_is_broken_or_hostile_gets_a_sentence(photo: bytes, change: Change):
    with pytest.raises(CannotShow, match=r"取原件。$"):
        viewing_copies(io.BytesIO(change(photo)), "heic")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_never_ends_in_another_error(photo: bytes, data: st.DataObject):
    damaged = bytearray(photo)
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(photo) - 1))] = data.draw(st.integers(0, 255))
    with suppress(CannotShow):
        for copy in viewing_copies(io.BytesIO(bytes(damaged)), "heic").copies:
            assert copy.startswith(b"\xff\xd8\xff")


def test_more_dots_than_are_shown_are_refused_by_what_the_file_states(photo: bytes):
    assert heic.stated_dots(windows_of(io.BytesIO(photo))) == 640 * 480
    # Its dots are still few: only who decoded them first could say that it is damaged.
    with pytest.raises(CannotShow, match="尺寸太大"):
        viewing_copies(io.BytesIO(photo.replace(_sides(640, 480), _sides(5_001, 5_000))), "heic")
    with pytest.raises(Unreadable):
        heic.stated_dots(windows_of(io.BytesIO(photo.replace(b"ispe", b"free"))))
