"""Makes the containers that documents come in, honest or lying: zip, OLE, ISO media."""

import io
import struct
import warnings
import zipfile
from collections.abc import Mapping

SECTOR, SMALL = 512, 64
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TYPES = "[Content_Types].xml"
MACRO_TYPES = b"<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"


def zipped(
    parts: Mapping[str, bytes], *, types: bytes | None = b"<Types/>", packing: int = 8
) -> bytes:
    """A zip of parts, with the list of parts of an Office document unless `types` is None."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        if types is not None:
            archive.writestr(TYPES, types)
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def word(**more: bytes) -> bytes:
    """A Word file; '__' in the name of a further part stands for '/'."""
    further = {name.replace("__", "/"): content for name, content in more.items()}
    return zipped({"word/document.xml": b"<w:document/>", **further})


def packed_otherwise(method: int, size: int = 100) -> bytes:
    """A Word file whose list of parts is packed in a way that no Office uses."""
    return zipped({"word/document.xml": b""}, types=bytes(size), packing=method)


def changed(archive: bytes, name: str, *, at: int, to: bytes) -> bytes:
    """The line of one entry in the directory, with something else at one of its places."""
    place = archive.rindex(name.encode()) - 46 + at
    return archive[:place] + to + archive[place + len(to) :]


def with_many_entries(count: int) -> bytes:
    """A Word file of that many parts."""
    return zipped({f"word/{number}": b"" for number in range(count)})


def ended(archive: bytes, *, count: int, comment: bytes = b"") -> bytes:
    """The same archive, whose end record counts otherwise and may have a comment."""
    end = archive.rindex(b"PK\x05\x06")
    size_and_place = archive[end + 12 : end + 20]
    counts = struct.pack("<2H", count, count)
    return (
        archive[:end]
        + b"PK\x05\x06\0\0\0\0"
        + counts
        + size_and_place
        + struct.pack("<H", len(comment))
        + comment
    )


def with_large_end(archive: bytes, *, count: int | None = None) -> bytes:
    """The same archive with the end record of zip64; the ordinary one tells nothing."""
    end = archive.rindex(b"PK\x05\x06")
    told, size, place = struct.unpack_from("<10xH2L", archive, end)
    entries = told if count is None else count
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, place)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    empty = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, FREE, FREE, 0)
    return archive[:end] + large + locator + empty


def with_fields(fields: bytes, times: int = 1) -> bytes:
    """A directory whose lines tell their sizes in what stands behind them."""
    line = struct.pack("<4s4xHH4x4xLL3H8xL", b"PK\1\2", 0, 8, FREE, FREE, 5, len(fields), 0, FREE)
    directory = (line + b"word/" + fields) * times
    end = struct.pack("<4s4x2H2LH", b"PK\5\6", times, times, len(directory), 30, 0)
    return b"PK\3\4" + b"\0" * 26 + directory + end


def with_two_lists() -> bytes:
    """A Word file that names its list of parts twice."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        for types in (b"<Types/>", MACRO_TYPES):
            archive.writestr(TYPES, types)
        archive.writestr("word/document.xml", b"")
    return made.getvalue()


def media(brand: bytes, *further: bytes) -> bytes:
    """An ISO media file of a brand, which fits further ones."""
    body = brand + b"\0\0\0\0" + b"".join(further or (b"isom", b"mp42"))
    return struct.pack(">I", 8 + len(body)) + b"ftyp" + body + b"\0" * 40


def element(id_: int, content: bytes, *, is_open: bool = False) -> bytes:
    """One of the elements of a WEBM; an open one does not tell its size."""
    size = b"\x01" + (b"\xff" * 7 if is_open else len(content).to_bytes(7))
    return id_.to_bytes((id_.bit_length() + 7) // 8) + size + content


def track(codec: bytes, sort: int) -> bytes:
    return element(0xAE, element(0x83, bytes([sort])) + element(0x86, codec))


def webm(*tracks: bytes, doctype: bytes = b"webm", before: bytes = b"") -> bytes:
    """A WEBM as a browser records it: of open size, with some sound behind the list of tracks."""
    head = element(0x1A45DFA3, element(0x4282, doctype))
    parts = before + element(0x1654AE6B, b"".join(tracks)) + element(0x1F43B675, bytes(64))
    return head + element(0x18538067, parts, is_open=True)


SPEECH, PICTURES = track(b"A_OPUS", 2), track(b"V_VP8", 1)


class _Lines:
    """The directory of a container: each storage leads to its first name, each name to the next."""

    def __init__(self) -> None:
        self.lines: list[list[object]] = []

    def add(self, name: str, kind: int, start: int = END, size: int = 0) -> int:
        self.lines.append([name, kind, FREE, FREE, start, size])
        return len(self.lines) - 1

    def put_in(self, storage: int, child: int) -> None:
        self.lines[child][2] = self.lines[storage][3]
        self.lines[storage][3] = child

    def bytes(self) -> bytes:
        made = b""
        for name, kind, right, child, start, size in self.lines:
            told = str(name).encode("utf-16-le")
            made += struct.pack(
                "<64sHBB3L36xLL4x", told, len(told) + 2, kind, 1, FREE, right, child, start, size
            )
        return made


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container; a path like 'ObjectPool/Workbook' makes a storage too."""
    table: list[int] = []
    sectors: list[bytes] = []
    lines = _Lines()
    lines.add("Root Entry", 5)
    storages = {"": 0}
    small, small_table = b"", []
    for path, content in streams.items():
        folder, _, name = path.rpartition("/")
        if folder not in storages:
            storages[folder] = lines.add(folder, 1)
            lines.put_in(0, storages[folder])
        if len(content) < 4096:
            start, count = len(small) // SMALL, -(-len(content) // SMALL)
            small += content.ljust(count * SMALL, b"\0")
            small_table += [*range(start + 1, start + count), END]
        else:
            start = _chained(content, sectors, table)
        lines.put_in(storages[folder], lines.add(name, 2, start, len(content)))
    lines.lines[0][4:] = [_chained(small, sectors, table) if small else END, len(small)]
    small_at = _chained(struct.pack(f"<{len(small_table)}L", *small_table), sectors, table)
    directory_at = _chained(lines.bytes(), sectors, table)
    return _with_head(sectors, table, directory_at, small_at)


def _chained(content: bytes, sectors: list[bytes], table: list[int]) -> int:
    start = len(sectors)
    for place in range(0, max(len(content), 1), SECTOR):
        sectors.append(content[place : place + SECTOR].ljust(SECTOR, b"\0"))
        table.append(len(sectors))
    table[-1] = END
    return start


def _with_head(sectors: list[bytes], table: list[int], directory_at: int, small_at: int) -> bytes:
    """The table of sectors comes last; what has no room in the head is listed in sectors too."""
    held, each = SECTOR // 4, SECTOR // 4 - 1
    tables = -(-len(table) // (held - 2)) + 1
    lists = -(-max(0, tables - 109) // each)
    places = list(range(len(sectors), len(sectors) + tables))
    whole = [*table, *[TABLE] * tables, *[FREE - 3] * lists]
    whole += [FREE] * (tables * held - len(whole))
    sectors += [struct.pack(f"<{held}L", *whole[n * held : (n + 1) * held]) for n in range(tables)]
    first_list = len(sectors) if lists else END
    for number in range(lists):
        listed = places[109 + number * each : 109 + (number + 1) * each]
        listed += [FREE] * (each - len(listed))
        after = len(sectors) + 1 if number + 1 < lists else END
        sectors.append(struct.pack(f"<{held}L", *listed, after))
    in_head = [*places[:109], *[FREE] * (109 - len(places[:109]))]
    head = struct.pack(
        "<8s16x5H6x9L",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6, 0),
        *(tables, directory_at, 0, 4096, small_at, 1, first_list, lists),
    )
    return head + struct.pack("<109L", *in_head) + b"".join(sectors)
