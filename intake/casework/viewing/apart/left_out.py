"""What an original tells beside what is seen and heard, and no copy of it does.

Only whether it is told is looked at, and never what: a name or a place goes nowhere.
"""

import io
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from PIL import Image

from intake.casework.viewing.apart.pictures.drawing import BREAKS
from intake.casework.viewing.apart.recordings.media_probe import Probed
from intake.report.evidence import OF_CODE, archives
from intake.report.evidence.archives import NotRead
from intake.report.evidence.compounds import BEGINS as IS_COMPOUND
from intake.report.evidence.compounds import Compound


class Left(StrEnum):
    """In the order in which a clerk is told."""

    PLACE = "位置"
    AUTHOR = "作者姓名"
    DEVICE = "手机或相机的型号"
    TIME = "拍摄、录制或修改的时间"
    PROGRAM = "用过的软件"
    WORDS = "标题和附言"
    COMMENTS = "批注"
    THUMBNAIL = "缩略图或封面"
    MACROS = "宏"
    SCRIPTS = "脚本"
    FILES = "夹带的文件"
    LINKS = "指向别处的链接"
    MORE = "其他附加信息"


# What the name of a word beside a sound or film contains; the first that fits says what it is.
_OF_RECORDINGS = (
    (Left.PLACE, ("location", "xyz", "gps")),
    (Left.AUTHOR, ("artist", "author", "composer", "copyright", "publisher", "owner")),
    (Left.DEVICE, ("make", "model", "manufacturer", "device")),
    (Left.TIME, ("date", "creation_time", "year")),
    (Left.PROGRAM, ("encode", "software", "version", "tool")),
    (Left.WORDS, ("title", "comment", "description", "synopsis", "lyrics", "album", "keywords")),
)
# Of every such file, and of nobody.
_OF_NOBODY = (
    *("major_brand", "minor_version", "compatible_brands", "handler_name", "vendor_id"),
    *("language", "duration"),
)
_OF_PDF = {
    "Author": Left.AUTHOR,
    "CreationDate": Left.TIME,
    "ModDate": Left.TIME,
    "Creator": Left.PROGRAM,
    "Producer": Left.PROGRAM,
    "Title": Left.WORDS,
    "Subject": Left.WORDS,
    "Keywords": Left.WORDS,
    "JavaScript": Left.SCRIPTS,
    "Files": Left.FILES,
    "Metadata Stream": Left.MORE,
    "Custom Metadata": Left.MORE,
}
_OF_PICTURES = {
    0x8825: Left.PLACE,
    **dict.fromkeys((0x013B, 0x8298, 0x9C9D, 0xA430), Left.AUTHOR),
    **dict.fromkeys((0x010F, 0x0110, 0xA431, 0xA433, 0xA434, 0xA435), Left.DEVICE),
    **dict.fromkeys((0x0132, 0x9003, 0x9004), Left.TIME),
    0x0131: Left.PROGRAM,
    **dict.fromkeys((0x010E, 0x9286, 0x9C9B, 0x9C9C), Left.WORDS),
    **dict.fromkeys((0x0201, 0x02BC, 0x927C), Left.MORE),
}
_DETAILS, _THUMBNAIL = 0x8769, 1
# A part of an office document by how its name begins, or what it must say.
_PARTS = (
    (Left.COMMENTS, re.compile(rb"(?:word|xl|ppt)/(?:comments|threadedComments)")),
    (Left.THUMBNAIL, re.compile(rb"docProps/thumbnail")),
    (Left.FILES, re.compile(rb"(?:word|xl|ppt)/(?:embeddings|activeX)/")),
    (Left.LINKS, re.compile(rb"xl/externalLinks/")),
    (Left.PROGRAM, re.compile(rb"docProps/app\.xml")),
    (Left.MORE, re.compile(rb"docProps/custom\.xml|customXml/item\d")),
)
_CORE = b"docProps/core.xml"
_SAYS = (
    (Left.AUTHOR, re.compile(rb"<(?:dc:creator|cp:lastModifiedBy)>[^<]")),
    (Left.TIME, re.compile(rb"<dcterms:(?:created|modified)\b")),
    (Left.WORDS, re.compile(rb"<(?:dc:title|dc:subject|dc:description|cp:keywords)>[^<]")),
)


def in_words(found: Iterable[Left]) -> tuple[str, ...]:
    """Each once, in order."""
    known = set(found)
    return tuple(one.value for one in Left if one in known)


def of_recording(probed: Probed) -> Iterator[Left]:
    """By the names of what ffprobe found."""
    if probed.has_picture:
        yield Left.THUMBNAIL
    for name in probed.told - set(_OF_NOBODY):
        fitting = (left for left, parts in _OF_RECORDINGS if any(part in name for part in parts))
        yield next(fitting, Left.MORE)


def of_pdf(fields: frozenset[str]) -> Iterator[Left]:
    """By the names of what poppler found."""
    return (left for name, left in _OF_PDF.items() if name in fields)


def of_picture(content: bytes, kind: str) -> Iterator[Left]:
    """By its header; no dot is decoded. What is damaged there tells nothing."""
    try:
        yield from set(_beside_the_dots(content, kind))
    except BREAKS:
        return


def of_office(content: bytes) -> Iterator[Left]:
    """By the names of its parts, and the short one that says who wrote it."""
    if content.startswith(IS_COMPOUND):
        names = Compound(content).names
        if "\x05SummaryInformation" in names:
            yield from (Left.AUTHOR, Left.TIME, Left.PROGRAM)
        if "ObjectPool" in names:
            yield Left.FILES
        return
    try:
        for entry in archives.entries_of(content):
            yield from (left for left, name in _PARTS if name.match(entry.name))
            if entry.name == _CORE:
                said = archives.unpacked(content, entry)
                yield from (left for left, words in _SAYS if words.search(said))
    except NotRead:
        return


def _beside_the_dots(content: bytes, kind: str) -> Iterator[Left]:
    if kind == "heic":
        exif, info = Image.Exif(), dict[str, object]()
        start = content.find(b"Exif\0\0")
        if start >= 0:
            exif.load(content[start : start + 0x10000])
    else:
        with Image.open(io.BytesIO(content), formats=[OF_CODE[kind].copy_by]) as picture:
            exif, info = picture.getexif(), {str(name): told for name, told in picture.info.items()}
    tags = {tag for tag, told in (*exif.items(), *exif.get_ifd(_DETAILS).items()) if told}
    yield from (left for tag, left in _OF_PICTURES.items() if tag in tags)
    if exif.get_ifd(_THUMBNAIL):
        yield Left.THUMBNAIL
    if info.get("comment") or any(isinstance(told, str) and told for told in _texts(info)):
        yield Left.WORDS
    if "xmp" in info or any(name.startswith("XML:") for name in info):
        yield Left.MORE


def _texts(info: dict[str, object]) -> Iterator[object]:
    """What is written into a PNG; of other kinds strings name a way of packing."""
    return (
        told
        for name, told in info.items()
        if name in {"Author", "Title", "Description", "Comment", "Copyright", "Software", "Source"}
    )
