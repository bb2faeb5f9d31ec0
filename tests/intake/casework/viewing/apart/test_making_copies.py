"""Copies of whatever kind: which kinds have them, and those of pictures."""

import io

import pytest
from PIL import Image

from intake.casework.viewing.apart import making_copies
from intake.casework.viewing.apart.made_copies import CannotShow, Made, Progress
from tests.intake.report.evidence import evidence_corpus as corpus


def test_a_picture_is_drawn_and_told():
    told: list[Progress] = []
    source = io.BytesIO(corpus.picture())
    source.read()

    [made] = making_copies.copies_of("jpeg", source, tell=told.append)

    assert (made.sort, made.number, made.of, made.media_type) == (Made.PICTURE, 1, 1, "image/jpeg")
    assert Image.open(io.BytesIO(made.content)).size == (64, 48)
    assert told == [Progress(1, 1)]
    assert corpus.AUTHOR.encode() not in made.content


@pytest.mark.parametrize("kind", ["ofd", "of no table"])
def test_what_has_no_copy_says_so(kind: str):
    assert not making_copies.is_possible(kind)
    with pytest.raises(CannotShow, match="只能取原件"):
        list(making_copies.copies_of(kind, io.BytesIO(b"")))
