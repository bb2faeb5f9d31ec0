"""Sound or film: the tracks of a WEBM tell, wherever in its beginning they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.report.evidence import kind_of
from intake.report.evidence.file_names import download_name
from intake.report.evidence.media.webm_tracks import BEGINS, WITHIN, kind_by_tracks
from tests.intake.report.evidence.containers import PICTURES, SPEECH, element, track, webm

ROOM = element(0xEC, bytes(4096))
LONG_ROOM = element(0xEC, bytes(WITHIN))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (webm(SPEECH), "weba"),
        (webm(track(b"A_VORBIS", 2)), "weba"),
        (webm(SPEECH, before=ROOM), "weba"),
        (webm(SPEECH, PICTURES), "webm"),
        (webm(PICTURES), "webm"),
        (webm(track(b"V_AV1", 1)), "webm"),
        # What calls itself sound is a film all the same.
        (webm(SPEECH, track(b"V_VP9", 2)), "webm"),
        # Nothing is promised of what is not known to be sound.
        (webm(), "webm"),
        (webm(track(b"S_TEXT/WEBVTT", 17)), "webm"),
        (webm(SPEECH, before=LONG_ROOM), "webm"),
        (webm(SPEECH, doctype=b"matroska"), None),
        (webm(SPEECH)[:20], None),
        (BEGINS, None),
        (BEGINS + b"\0" * 300, None),
    ],
)
def test_the_tracks_tell(content: bytes, kind: str | None) -> None:
    assert kind_by_tracks(content) == kind
    for name in ("没有后缀", "录音1.webm", "录音.weba", "录音.m4a"):
        assert kind_of(content, name) == kind


@given(st.binary(max_size=400))
def test_any_bytes_behind_its_head_are_a_kind_or_none(tail: bytes) -> None:
    assert kind_by_tracks(webm()[:30] + tail) in {"weba", "webm", None}


def test_a_recording_keeps_the_name_that_browsers_give_it() -> None:
    assert download_name("录音1.webm", "weba") == "录音1.webm"
    assert download_name("录音", "weba") == "录音.weba"
