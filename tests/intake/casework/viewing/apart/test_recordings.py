"""Sound and film for the clerk: the same is heard and seen, and nothing else comes along."""

import io
import json
import subprocess
from array import array
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from intake.casework.viewing.apart.made_copies import CannotShow, Made, MadeCopy, Progress
from intake.casework.viewing.apart.making_copies import copies_of
from intake.casework.viewing.apart.recordings import films, opus_sounds
from intake.casework.viewing.apart.recordings.media_probe import DEMUXERS
from intake.report.evidence import KINDS
from intake.report.evidence.file_kinds import RECORDINGS
from tests.intake.casework.viewing.apart import media_corpus as corpus
from tests.intake.casework.viewing.apart.needing import needed_for

TRACES = (corpus.CANARY.encode(), corpus.POSITION.encode(), b"36.45", b"libx264")


@pytest.fixture(autouse=True)
def programs() -> None:
    needed_for("mp4")


def made_of(kind: str, content: bytes) -> list[MadeCopy]:
    copies = list(copies_of(kind, io.BytesIO(content)))
    assert not any(trace in copy.content for copy in copies for trace in TRACES)
    return copies


def told_by(content: bytes, folder: Path) -> dict[str, Any]:
    """What ffprobe reads back."""
    path = folder / "copy"
    path.write_bytes(content)
    asked = "format=duration:format_tags:stream=codec_name,codec_type,width,height:stream_tags"
    script = ["ffprobe", "-v", "error", "-of", "json", "-show_entries", asked, str(path)]
    told: dict[str, Any] = json.loads(
        subprocess.run(script, check=True, capture_output=True).stdout
    )
    names = {name.lower() for one in (told["format"], *told["streams"]) for name in one["tags"]}
    assert names <= {"encoder", "duration"}
    return told


def beats(content: bytes, folder: Path) -> float:
    """How often a second the sound of a copy swings."""
    path = folder / "heard"
    path.write_bytes(content)
    script = [
        "ffmpeg",
        "-v",
        "error",
        "-i",
        str(path),
        "-ac",
        "1",
        "-ar",
        "8000",
        "-f",
        "s16le",
        "-",
    ]
    heard = array("h", subprocess.run(script, check=True, capture_output=True).stdout)
    middle = heard[len(heard) // 4 : len(heard) * 3 // 4]
    crossings = sum(one < 0 <= two for one, two in pairwise(middle))
    return crossings / (len(middle) / 8000)


def test_every_recording_of_the_table_has_its_decoder():
    assert DEMUXERS.keys() == {kind.code for kind in KINDS if kind.sort in RECORDINGS}
    assert {*corpus.SOUNDS, *corpus.FILMS, "amr"} == DEMUXERS.keys()


@pytest.mark.parametrize("kind", corpus.SOUNDS)
def test_the_same_sound_is_heard(kind: str, tmp_path: Path):
    original = corpus.sound(kind)
    # Bare frames of AAC have no place for words.
    assert kind == "aac" or corpus.CANARY.encode() in original

    [copy] = made_of(kind, original)

    assert (copy.sort, copy.number, copy.media_type, copy.note) == (Made.SOUND, 1, "audio/webm", "")
    told = told_by(copy.content, tmp_path)
    assert [stream["codec_name"] for stream in told["streams"]] == ["opus"]
    assert float(told["format"]["duration"]) == pytest.approx(2, abs=0.2)
    assert beats(copy.content, tmp_path) == pytest.approx(440, abs=5)


def test_old_telephones_recordings_are_heard(tmp_path: Path):
    [copy] = made_of("amr", corpus.amr())
    assert float(told_by(copy.content, tmp_path)["format"]["duration"]) == pytest.approx(1, abs=0.2)


def test_how_far_it_is_is_told_also_without_a_length():
    told: list[Progress] = []
    original = corpus.without_length()
    [copy] = copies_of("weba", io.BytesIO(original), tell=told.append)
    assert copy.note == ""
    assert told == [Progress(2, None)]
    list(copies_of("mp3", io.BytesIO(corpus.sound("mp3")), tell=told.append))
    assert told[-1].of in {2, 3} and told[-1].done == 2


@pytest.mark.parametrize("kind", corpus.FILMS)
def test_the_same_film_is_seen_and_heard(kind: str, tmp_path: Path):
    original = corpus.film(kind)
    assert corpus.CANARY.encode() in original

    copy, stills = made_of(kind, original)

    assert (copy.sort, copy.media_type, copy.note) == (Made.FILM, "video/webm", "")
    told = told_by(copy.content, tmp_path)
    assert {stream["codec_name"] for stream in told["streams"]} == {"vp8", "opus"}
    assert float(told["format"]["duration"]) == pytest.approx(2, abs=0.2)
    assert beats(copy.content, tmp_path) == pytest.approx(440, abs=5)
    assert (stills.sort, stills.media_type) == (Made.STILLS, "image/jpeg")
    assert_blue_is_left_of_red(first_of(stills))


def first_of(stills: MadeCopy) -> Image.Image:
    """The first still of a sheet whose stills are not made smaller than 300 dots."""
    return Image.open(io.BytesIO(stills.content)).crop((6, 40, 306, 200))


def assert_blue_is_left_of_red(still: Image.Image):
    left, right = still.getpixel((20, 100)), still.getpixel((280, 100))
    assert isinstance(left, tuple) and isinstance(right, tuple)
    assert left[2] > 200 and left[0] < 60 and right[0] > 200 and right[2] < 60


def test_a_film_held_upright_stands_upright_and_silence_is_no_fault(tmp_path: Path):
    copy, _ = made_of("mp4", corpus.held_upright())
    [shown] = [one for one in told_by(copy.content, tmp_path)["streams"] if "width" in one]
    assert (shown["width"], shown["height"]) == (240, 320)
    silent, _ = made_of("mp4", corpus.film("mp4", tone=False))
    assert [one["codec_name"] for one in told_by(silent.content, tmp_path)["streams"]] == ["vp8"]


def test_a_large_film_is_made_small_and_a_film_of_sound_alone_is_heard(tmp_path: Path):
    large = corpus.film("mp4", seconds=0.5, size="1920x1080", tone=False)
    copy, stills = made_of("mp4", large)
    [shown] = told_by(copy.content, tmp_path)["streams"]
    assert (shown["width"], shown["height"]) == (854, 480)
    assert max(Image.open(io.BytesIO(stills.content)).size) <= 3 * 400 + 4 * 6
    [heard] = made_of("mp4", corpus.sound("m4a"))
    assert heard.sort == Made.SOUND


def test_what_is_too_long_ends_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(opus_sounds, "LONGEST_SECONDS", 1)
    monkeypatch.setattr(films, "LONGEST_SECONDS", 1)
    [sound] = made_of("ogg", corpus.sound("ogg"))
    assert "60 分钟" in sound.note
    film, _ = made_of("webm", corpus.film("webm"))
    assert "20 分钟" in film.note
    for copy in (sound, film):
        assert float(told_by(copy.content, tmp_path)["format"]["duration"]) < 1.2


def test_what_is_cut_off_is_shown_as_far_as_it_goes():
    half = corpus.film("webm")[: len(corpus.film("webm")) * 2 // 3]
    assert [copy.sort for copy in made_of("webm", half)] == [Made.FILM, Made.STILLS]


def test_what_was_spoken_into_a_messenger_says_so():
    with pytest.raises(CannotShow, match="聊天软件"):
        made_of("amr", b"\x02#!SILK_V3" + bytes(2000))


@pytest.mark.parametrize("name", corpus.BROKEN)
def test_what_is_no_recording_gets_a_sentence(name: str):
    kind, content = corpus.BROKEN[name]
    with pytest.raises(CannotShow, match=r"取原件。$"):
        made_of(kind, content)
