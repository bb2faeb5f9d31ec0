"""QR codes as pictures that a page can hold. Pure: words in, SVG out."""

from functools import lru_cache
from html import escape

import segno

QUIET_ZONE = 4


@lru_cache(maxsize=256)
def qr_svg(address: str, words: str = "") -> str:
    """An SVG without a size of its own; it opens the address, and still with a quarter missing.

    It is read out by these words, else by the address itself.
    """
    code = segno.make_qr(address, error="q", boost_error=False)
    picture: str = code.svg_inline(
        border=QUIET_ZONE, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff"
    )
    # A picture with a role and a name is read out once, and not as a row of lines.
    named = f'<svg role="img" aria-label="二维码：{escape(words or address)}" '
    return picture.replace("<svg ", named, 1)
