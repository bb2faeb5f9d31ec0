"""Copies of pictures, drawn while the clerk waits, one at a time; never the original."""

from intake.arriving.turns import NoTurn, Turns
from intake.casework.viewing.apart import programs
from intake.casework.viewing.apart.made_copies import NO_COPY, CannotShow, CannotShowNow
from intake.casework.viewing.apart.pictures.drawing import draw
from intake.report.evidence import OF_CODE

__all__ = ["DRAWING", "CannotShow", "CannotShowNow", "has_copy", "viewing_copies"]

# One picture of the largest kind takes up to some 230 MB and a second or two.
DRAWING = Turns(most=12, longest_seconds=30)
TRY_AGAIN = "现在看图片的人多，还没有轮到这一张。请过一会儿，回到信访件再点一次“查看副本”。"


def has_copy(kind: str) -> bool:
    """Whether a file of this kind is a picture that can be looked at as a copy."""
    return kind in OF_CODE and bool(OF_CODE[kind].copy_by) and programs.is_possible(kind)


def viewing_copies(content: bytes, kind: str) -> list[bytes]:
    """JPEGs of the picture as `draw` makes them. Raises CannotShow."""
    if not has_copy(kind):
        raise CannotShow(NO_COPY)
    try:
        with DRAWING.one():
            return draw(content, kind)
    except NoTurn:
        raise CannotShowNow(TRY_AGAIN) from None
