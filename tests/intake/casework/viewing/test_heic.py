"""HEIC pictures: drawn like any other, by a decoder that can reach nothing."""

import io
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from intake.casework.viewing import heic
from intake.casework.viewing.heic import Unreadable, run_apart
from intake.casework.viewing.viewing_copies import CannotShow, has_copy, viewing_copies
from tests.conftest import missing
from tests.intake.report.evidence import evidence_corpus as corpus

Change = Callable[[bytes], bytes]
PROGRAMS = ("prlimit", "bwrap", "heif-convert", "heif-enc")


@pytest.fixture(autouse=True)
def rooms() -> None:
    """What makes the rooms; some machines forbid them, which is their owner's choice."""
    if not all(shutil.which(program) for program in PROGRAMS):
        missing("a program for HEIC", "apt-get install bubblewrap libheif-examples")
    plainest = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    if subprocess.run(plainest, check=False, capture_output=True).returncode != 0:
        pytest.skip("NOT TESTED: this machine allows no rooms apart")
    assert heic.is_possible()


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


def said(script: str) -> str:
    """What a shell in the room prints."""
    return run_apart(["sh", "-c", script], b"").decode()


def test_nothing_but_the_dots_is_left(photo: bytes):
    assert corpus.exif(6).removeprefix(b"Exif\0\0") in photo
    assert has_copy("heic")

    [made] = viewing_copies(photo, "heic")

    copy = Image.open(io.BytesIO(made))
    # HEIC says itself how it stands; what its EXIF says of the camera would turn it once more.
    assert (copy.format, copy.mode, copy.size) == ("JPEG", "RGB", (640, 480))
    red, blue = copy.getpixel((50, 240)), copy.getpixel((600, 240))
    assert isinstance(red, tuple) and isinstance(blue, tuple)
    assert red[0] > 200 and red[2] < 60 and blue[2] > 200 and blue[0] < 60
    assert dict(copy.getexif()) == {}
    assert b"Exif" not in made


def test_the_room_shows_nothing_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    secret = tmp_path / "secret"
    secret.write_text("a key")
    monkeypatch.setenv("SECRET_KEY", "another")

    assert said("ls /").split() == ["bin", "lib", "lib64", "room", "usr"]
    assert said("ls -A /room; cat /etc/passwd || true") == ""
    assert said(f"cat {secret} || true") == ""
    assert said("env").splitlines() == ["PATH=/usr/bin", "PWD=/room"]
    assert said("echo $$").strip() in {"1", "2", "3"}
    assert said("touch /usr/kept || id -u").strip() == "65534"


def test_the_room_reaches_no_network():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        knock = ["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{port}"]
        assert subprocess.run(knock, check=False).returncode == 0
        with pytest.raises(Unreadable):
            run_apart(knock, b"")


def test_what_takes_too_long_or_makes_too_much_ends():
    began = time.monotonic()
    with pytest.raises(Unreadable):
        run_apart(["sleep", "600"], b"", seconds=0.5)
    with pytest.raises(Unreadable):
        run_apart(["yes"], b"", most_bytes=1000)
    with pytest.raises(Unreadable):
        run_apart(["sh", "-c", "yes > endless"], b"")
    assert time.monotonic() - began < 300


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
        viewing_copies(change(photo), "heic")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_never_ends_in_another_error(photo: bytes, data: st.DataObject):
    damaged = bytearray(photo)
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(photo) - 1))] = data.draw(st.integers(0, 255))
    with suppress(CannotShow):
        for copy in viewing_copies(bytes(damaged), "heic"):
            assert copy.startswith(b"\xff\xd8\xff")


def test_more_dots_than_are_shown_are_refused_by_what_the_file_states(photo: bytes):
    assert heic.stated_dots(photo) == 640 * 480
    # Its dots are still few: only who decoded them first could say that it is damaged.
    with pytest.raises(CannotShow, match="尺寸太大"):
        viewing_copies(photo.replace(_sides(640, 480), _sides(5_001, 5_000)), "heic")
    with pytest.raises(Unreadable):
        heic.stated_dots(photo.replace(b"ispe", b"free"))
