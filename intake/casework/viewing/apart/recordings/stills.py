"""A sheet of stills: what a film shows, at one look."""

from collections.abc import Iterator
from math import ceil

from PIL import Image, ImageDraw, ImageFont

from intake.casework.viewing.apart.pictures.drawing import jpeg_of

MOST = 12
_COLUMNS, _SIDE, _GAP = 3, 400, 6
# Of frames of film black is 16 and white 235; of pictures 0 and 255.
_LIGHT = [min(255, max(0, round((value - 16) * 255 / 219))) for value in range(256)]
_COLOUR = [min(255, max(0, round((value - 128) * 255 / 224 + 128))) for value in range(256)]


class Stills:
    """Takes frames one by one, and keeps few of them, evenly apart, however long the film is."""

    def __init__(self, width: int, height: int, rate: int) -> None:
        self.size = (width, height)
        self._rate = rate
        self._kept: list[tuple[int, Image.Image]] = []
        self._apart, self._seen = 1, 0

    def see(self, frame: bytes) -> None:
        """The next frame, as yuv420p."""
        if self._seen % self._apart == 0:
            self._kept.append((self._seen, self._small(frame)))
            if len(self._kept) == 2 * MOST:
                self._kept, self._apart = self._kept[::2], 2 * self._apart
        self._seen += 1

    def sheet(self) -> bytes:
        """A JPEG of at most twelve of them, each with its minute and second."""
        chosen = list(self._chosen())
        wide, high = chosen[0][1].size
        columns = min(_COLUMNS, len(chosen))
        rows = ceil(len(chosen) / columns)
        size = (columns * (wide + _GAP) + _GAP, rows * (high + _GAP) + _GAP)
        sheet = Image.new("RGB", size, "white")
        for place, (number, still) in enumerate(chosen):
            row, column = divmod(place, columns)
            _write_time(still, number // self._rate)
            sheet.paste(still, (_GAP + column * (wide + _GAP), _GAP + row * (high + _GAP)))
        return jpeg_of(sheet)

    def _chosen(self) -> Iterator[tuple[int, Image.Image]]:
        count = min(MOST, len(self._kept))
        for place in range(count):
            yield self._kept[place * len(self._kept) // count]

    def _small(self, frame: bytes) -> Image.Image:
        width, height = self.size
        light, quarter = width * height, width * height // 4
        planes = (frame[:light], frame[light : light + quarter], frame[light + quarter :])
        sizes = (self.size, (width // 2, height // 2), (width // 2, height // 2))
        tables = (_LIGHT, _COLOUR, _COLOUR)
        scale = min(1.0, _SIDE / max(self.size))
        small = (max(1, round(width * scale)), max(1, round(height * scale)))
        drawn = [
            Image.frombytes("L", size, plane).resize(small).point(table)
            for plane, size, table in zip(planes, sizes, tables, strict=True)
        ]
        return Image.merge("YCbCr", drawn).convert("RGB")


def _write_time(still: Image.Image, second: int) -> None:
    pen, words = ImageDraw.Draw(still), f"{second // 60}:{second % 60:02}"
    font = ImageFont.load_default(size=20)
    box = pen.textbbox((6, 4), words, font=font)
    pen.rectangle((box[0] - 4, box[1] - 3, box[2] + 4, box[3] + 3), fill="black")
    pen.text((6, 4), words, font=font, fill="white")
