"""The pages of a PDF as pictures: poppler draws dots in a room, which are drawn anew as JPEG.

Poppler runs no script, follows no link and is given no password. The text below the dots is
never asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, sqrt
from typing import IO

from PIL import Image

from intake.casework.viewing.apart.made_copies import (
    BROKEN_FILE,
    LOCKED,
    NO_SUCH_PAGE,
    TOO_COSTLY,
    CannotShow,
    Made,
    MadeCopy,
    Progress,
    Tell,
)
from intake.casework.viewing.apart.pictures.drawing import JPEG, MOST_DOTS, jpeg_of
from intake.casework.viewing.apart.rooms import (
    MEGABYTE,
    Bounds,
    Furniture,
    Room,
    Unreadable,
    room,
    run_apart,
)

PAGES_AT_ONCE = 10
# Of a page as wide as A4, so that small print is read; wider pages are as dense.
WIDTH = 1200
_A4_POINTS = 595.0
_POINTS_AN_INCH = 72
_LONGEST_SIDE = 40_000
_FONTS = Furniture(folders=("/etc/fonts",))
_LOOKING = Bounds(seconds=60, memory=512 * MEGABYTE, files=256 * MEGABYTE, made=MEGABYTE)
SECONDS_A_PAGE = 20

# Past its last page poppler tells nothing, so it is asked without a page.
_LOOK = (
    "cat > in && (pdfinfo -f {first} -l {last} in || pdfinfo in) 2> said"
    " || {{ grep -q 'Incorrect password' said && echo 'Locked: yes'; }}; "
    "grep -aqE '/(JavaScript|JS)[^a-z]' in && echo 'JavaScript: yes'; "
    "pdfdetach -list in 2> said | grep -q '^[1-9].* embedded files$' && echo 'Files: yes'; true"
)
# What fails at one page goes on with the next.
_DRAW = (
    "timeout -s KILL {seconds} pdftoppm -q -cropbox -f {number} -l {number}"
    " -r {density:.2f} in page && cat page*.ppm || echo {failed};"
    " rm -f page*.ppm"
)
_FAILED = b"not drawn\n"
_PICTURE = re.compile(rb"P6\n([1-9]\d{0,5}) ([1-9]\d{0,5})\n255\n")
_FIELD = re.compile(rb"^([A-Z][A-Za-z ]+):[ ]+(\S.*)$", re.MULTILINE)
_SIZE = re.compile(rb"^Page +(\d{1,9}) size: +(\d{1,7}(?:\.\d+)?) x (\d{1,7}(?:\.\d+)?) pts", re.M)
_TURNED = re.compile(rb"^Page +(\d{1,9}) rot: +(?:90|270)$", re.M)


@dataclass(frozen=True, slots=True)
class Look:
    """What a PDF says of itself; `densities`, in dots an inch, are of the pages asked for."""

    pages: int
    is_locked: bool
    densities: dict[int, float]
    # The names of what it tells, as poppler prints them.
    fields: frozenset[str]


def look(source: IO[bytes], first: int = 1) -> Look:
    """Looks into it, from page `first` on. Raises CannotShow when nothing can be told."""
    script = _LOOK.format(first=first, last=first + PAGES_AT_ONCE - 1)
    try:
        told = run_apart(["sh", "-c", script], source, bounds=_LOOKING)
    except Unreadable as error:
        raise CannotShow(TOO_COSTLY if error.is_too_much else BROKEN_FILE) from None
    # What a stranger wrote into a field stands before what poppler counted.
    fields = dict(_FIELD.findall(told))
    turned = {int(number) for number in _TURNED.findall(told)}
    densities = {
        int(number): _density(float(wide), float(high), is_turned=int(number) in turned)
        for number, wide, high in _SIZE.findall(told)
    }
    counted = fields.get(b"Pages", b"0")
    pages = int(counted) if counted.isdigit() and len(counted) < 9 else 0
    says = {
        name.decode() for name, value in fields.items() if value.strip() not in (b"no", b"none")
    }
    return Look(pages, b"Locked" in fields, densities, frozenset(says))


def pages_of(source: IO[bytes], first: int, tell: Tell) -> Iterator[MadeCopy]:
    """Ten pages from `first` on; one that cannot be drawn is left out. Raises CannotShow."""
    seen = look(source, first)
    if seen.is_locked:
        raise CannotShow(LOCKED)
    wanted = [number for number in range(first, first + PAGES_AT_ONCE) if number <= seen.pages]
    densities = {n: seen.densities[n] for n in wanted if n in seen.densities}
    if not densities:
        raise CannotShow(NO_SUCH_PAGE if seen.pages else BROKEN_FILE)
    made = 0
    try:
        for number, content in _drawn(source, densities, tell):
            made += 1
            yield MadeCopy(Made.PAGE, number, JPEG, content, of=seen.pages)
    except Unreadable as error:
        raise CannotShow(TOO_COSTLY if error.is_too_much else BROKEN_FILE) from None
    if not made:
        raise CannotShow(BROKEN_FILE)


def _drawn(
    source: IO[bytes], densities: dict[int, float], tell: Tell
) -> Iterator[tuple[int, bytes]]:
    failed = _FAILED.decode().strip()
    draws = [
        _DRAW.format(seconds=SECONDS_A_PAGE, number=number, density=density, failed=failed)
        for number, density in densities.items()
    ]
    bounds = Bounds(
        seconds=SECONDS_A_PAGE * len(densities) + 30,
        memory=768 * MEGABYTE,
        files=384 * MEGABYTE,
        made=4 * MOST_DOTS * len(densities),
    )
    script = ["sh", "-c", "; ".join(["cat > in", *draws])]
    with room(script, bounds=bounds, furniture=_FONTS) as one:
        one.give_all(source)
        for done, number in enumerate(densities, start=1):
            content = _taken(one)
            if content is not None:
                yield number, content
            tell(Progress(done, len(densities)))


def _taken(one: Room) -> bytes | None:
    """The next page as a JPEG, None where it failed. Raises Unreadable."""
    begins = one.take_line()
    if begins == _FAILED:
        return None
    if not begins:
        one.see_end()
    stated = _PICTURE.match(begins + one.take_line() + one.take_line())
    if not stated:
        raise Unreadable("no dots of a page")
    size = (int(stated[1]), int(stated[2]))
    # A side is rounded up to a whole dot.
    if size[0] * size[1] > MOST_DOTS + sum(size) or max(size) > _LONGEST_SIDE + 1:
        raise Unreadable("more dots than were asked for", is_too_much=True)
    dots = one.take(3 * size[0] * size[1])
    if len(dots) != 3 * size[0] * size[1]:
        raise Unreadable("dots are missing")
    return jpeg_of(Image.frombytes("RGB", size, dots))


def _density(wide: float, high: float, *, is_turned: bool) -> float:
    """How many dots an inch a page of so many points is drawn with."""
    wide, high = max(1.0, wide), max(1.0, high)
    width = high if is_turned else wide
    scale = WIDTH / min(width, _A4_POINTS)
    scale = min(scale, sqrt(MOST_DOTS / (wide * high)), _LONGEST_SIDE / max(wide, high))
    # Less rather than more, because poppler rounds up to whole dots.
    return floor(_POINTS_AN_INCH * scale * 100) / 100
