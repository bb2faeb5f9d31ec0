"""Takes the handbook's pictures, each as small as it can be and still be read."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page

AROUND = 12
MOST_COLOURS = 48
# A picture that needs more shows too much of a page.
MOST_BYTES, MOST_BYTES_TOGETHER = 60_000, 3_000_000
HIGHEST = 900
# Where the camera stands, everything that is wanted lies in the page's own coordinates.
BOX_ON_PAGE = """element => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left + scrollX, top + scrollY, width, height];
}"""
OUTLINED = (
    "(element, line) => { element.style.outline = line; element.style.outlineOffset = '3px'; }"
)


@dataclass
class Camera:
    """Writes into the folder; `taken` are the names."""

    folder: Path
    taken: list[str] = field(default_factory=list)

    def take(self, name: str, of: list[Locator], mark: Locator | None) -> None:
        """What is to be pressed next stands in a red frame."""
        page = of[0].page
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        if mark:
            mark.evaluate(OUTLINED, "3px solid #c00")
        shot = page.screenshot(full_page=True, clip=_frame(page, of), animations="disabled")
        if mark:
            mark.evaluate(OUTLINED, "")
        (self.folder / f"{name}.png").write_bytes(smaller(shot))
        self.taken.append(name)


def _frame(page: Page, of: list[Locator]) -> FloatRect:
    boxes = [one.evaluate(BOX_ON_PAGE) for one in of]
    left, top = (min(box[side] for box in boxes) for side in (0, 1))
    right, bottom = (max(box[side] + box[side + 2] for box in boxes) for side in (0, 1))
    x, y = max(0, left - AROUND), max(0, top - AROUND)
    height = min(bottom + AROUND - y, HIGHEST)
    return {"x": x, "y": y, "width": right + AROUND - x, "height": height}


def smaller(picture: bytes) -> bytes:
    """As PNG with a palette: a page has few colours."""
    content = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as whole:
        few = whole.convert("RGB").quantize(MOST_COLOURS, dither=Image.Dither.NONE)
    few.save(content, "PNG", optimize=True)
    return content.getvalue()
