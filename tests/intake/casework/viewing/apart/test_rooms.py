"""A room apart: what runs in it reaches nothing, and takes no more than it may."""

import io
import socket
import subprocess
import time
from pathlib import Path

import pytest

from intake.casework.viewing.apart.rooms import MEGABYTE, Bounds, Unreadable, room, run_apart
from tests.intake.casework.viewing.apart.needing import needed_for

# Longer than any test waits: what runs into it is not what the test is about.
LONG = 300.0
PATIENT = Bounds(seconds=LONG)


@pytest.fixture(autouse=True)
def rooms() -> None:
    """What makes the rooms; HEIC needs the least beside."""
    needed_for("heic")


def said(script: str) -> str:
    """What a shell in the room prints."""
    return run_apart(["sh", "-c", script], b"").decode()


def refused(script: str, bounds: Bounds = PATIENT) -> Unreadable:
    """How a shell in the room is ended."""
    with pytest.raises(Unreadable) as caught:
        run_apart(["bash", "-c", script], b"", bounds=bounds)
    return caught.value


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


def test_everybody_else_comes_first():
    assert int(said("nice")) >= 10


def test_what_takes_too_long_is_ended():
    assert refused("sleep 600", Bounds(seconds=0.5)).is_too_much
    began = time.monotonic()
    with room(["sleep", "600"], bounds=Bounds(seconds=LONG)):
        pass
    assert time.monotonic() - began < LONG


def test_what_makes_too_much_is_ended():
    assert refused("yes", Bounds(seconds=LONG, made=1000)).is_too_much
    # Ten gigabytes in one file, and a little in several.
    refused("yes | head -c 10G > endless")
    few = Bounds(seconds=LONG, files=MEGABYTE)
    refused("for name in 1 2 3 4 5 6; do head -c 400K /bin/bash > $name || exit 1; done", few)


def test_what_eats_memory_is_ended():
    """By itself, and together with others of which each takes no more than it may."""
    assert refused(eater(700), Bounds(seconds=LONG, memory=50 * MEGABYTE))
    many = " & ".join(f"({eater(20)})" for _ in range(6))
    assert refused(f"{many} & wait", Bounds(seconds=LONG, memory=60 * MEGABYTE)).is_too_much


def eater(megabytes: int) -> str:
    """Keeps so much and stays."""
    return f"kept=$(yes | head -c {megabytes}M) || exit 1; sleep 600"


def test_no_more_processes_are_started_than_it_may():
    """One after the other: were nothing to stop it, the machine would not suffer."""
    bounds = Bounds(seconds=LONG, processes=10)
    # Unlike bash, this shell does not try again.
    refused("exec sh -c 'for n in $(seq 100); do sleep 600 & done; wait'", bounds)


def test_what_crashes_is_told_from_what_meets_a_bound():
    assert not refused("kill -SEGV $$").is_too_much
    assert not refused("exit 3").is_too_much


def test_nothing_of_a_room_is_left_behind():
    """Neither when it is ended from outside nor when what it started would stay."""
    mark = "86399.125"
    with room(["bash", "-c", f"(setsid sleep {mark} &) ; sleep {mark}"], bounds=Bounds()) as one:
        while not running(mark):
            time.sleep(0.02)
        del one
    assert_ends(mark)


def test_nothing_is_left_of_a_room_that_ends_while_it_is_made():
    mark = "86398.125"
    for _ in range(10):
        with room(["sleep", mark], bounds=PATIENT):
            pass
    assert_ends(mark)


def assert_ends(mark: str):
    waited_until = time.monotonic() + 60
    while running(mark) and time.monotonic() < waited_until:
        time.sleep(0.02)
    assert not running(mark)


def running(mark: str) -> bool:
    """Whether a program runs in whose command line this stands."""
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in told.read_bytes().split(b"\0"):
                return True
        except OSError:
            continue
    return False


def test_a_file_goes_in_piece_by_piece():
    large = io.BytesIO(bytes(3 * MEGABYTE) + b"end")
    assert run_apart(["sh", "-c", "cat > in && tail -c 3 in"], large) == b"end"


def test_who_takes_nothing_and_ends_is_no_success():
    with pytest.raises(Unreadable):
        run_apart(["false"], bytes(10 * MEGABYTE))
