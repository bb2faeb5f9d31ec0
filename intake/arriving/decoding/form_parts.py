"""The parts of a form, one after another: words as the bytes that they were, files as they come."""

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import QueryDict, multipartparser
from django.http.multipartparser import (  # type: ignore[attr-defined]
    FIELD,
    FILE,
    ChunkIter,
    LazyStream,
    MultiPartParser,
    MultiPartParserError,
    Parser,
    exhaust,
)
from django.utils.datastructures import MultiValueDict

from intake.arriving.arrivals import Arrival
from intake.arriving.decoding.kept_files import FilesInSpool, Uploads
from intake.report.evidence import bare_name
from intake.report.report_limits import LONGEST_IN_PARTS, MOST_WORDS, PIECE

# Django reads 1 KiB of headers a part and else drops the whole form, its text included; a name
# of 5,000 characters, nine bytes each where a program escapes them, still fits into this.
multipartparser.MAX_TOTAL_HEADER_SIZE = 64 * 1024  # type: ignore[attr-defined]

# Read however little room there is: any report without files, and what the parser reads ahead.
FEW_WORDS = LONGEST_IN_PARTS + 2 * PIECE


class CutOff(MultiPartParserError):
    """The connection ended before the form did: what came is not all that was typed."""


class NoRoomForWords(MultiPartParserError):
    """So much is under way that not even these words can be kept."""


class CountedStream:
    """The request's stream, counting what came; it ends where words find no room any more."""

    def __init__(self, stream: IO[bytes], files: FilesInSpool, arrival: Arrival) -> None:
        self.stream = stream
        self.files = files
        self.arrival = arrival
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        if not self.arrival.has_room and self.count - self.files.seen_bytes > FEW_WORDS:
            raise NoRoomForWords("no room for more words")
        chunk = self.stream.read(size)
        self.count += len(chunk)
        return chunk


class Parts(MultiPartParser):
    """The parts of a form, one after another.

    Django's own loop turns each field into text at once, which can be four times as long, and
    keeps the bytes beside it; here words stay the bytes that they were until all have come.
    """

    _stream: CountedStream
    _files_of: FilesInSpool

    def __init__(self, meta: dict[str, str], stream: CountedStream, files: FilesInSpool) -> None:
        super().__init__(meta, stream, [files])  # type: ignore[arg-type]
        self._stream = stream
        self._files_of = files
        self.words: list[tuple[bytes, bytes]] = []
        self.count = 0
        self.left = MOST_WORDS
        self.uploads: Uploads = MultiValueDict()

    def read_all(self) -> None:
        """Raises what Django's loop would: RequestDataTooBig, TooManyFieldsSent and their like."""
        chunks = LazyStream(ChunkIter(self._stream, self._chunk_size))  # type: ignore[arg-type, attr-defined]
        for kind, head, part in Parser(chunks, self._boundary):  # type: ignore[attr-defined]
            name = _name_in(head)
            if kind == FIELD and name is not None:
                self._read_words(name, part)
            elif kind == FILE and name is not None:
                self._read_file(name, head, part)
            else:
                exhaust(part)
        exhaust(self._stream)

    def _read_words(self, name: bytes, part: LazyStream) -> None:
        self.count += 1
        if self.count > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
            raise TooManyFieldsSent("more fields than any form has")
        value = part.read(size=max(self.left, 0) + 1)
        self.left -= len(name) + len(value)
        if self.left < 0:
            self.words.clear()
            raise RequestDataTooBig("more words than are read")
        self.words.append((name, value))

    def _read_file(self, name: bytes, head: dict[str, Any], part: LazyStream) -> None:
        file_name = _text(head["content-disposition"][1]["filename"])
        if not file_name:
            exhaust(part)
            return
        # Django would drop characters newer than Python's tables, and a file without a name.
        file_name = bare_name(file_name)
        files = self._files_of
        files.count += 1
        if files.count > settings.DATA_UPLOAD_MAX_NUMBER_FILES:
            raise TooManyFilesSent("more files than anybody sends")
        kind, more = head.get("content-type", ("", {}))
        files.new_file(_text(name), file_name, kind.strip(), None, more.get("charset"), more)
        size = 0
        for chunk in part:
            files.receive_data_chunk(chunk, size)
            size += len(chunk)
        self.uploads.appendlist(_text(name), files.file_complete(size))

    def take_words(self) -> QueryDict:
        """The words as text; they are given away, so that they do not lie there twice."""
        found = QueryDict(mutable=True)
        for name, value in self.words:
            found.appendlist(_text(name), _text(value))
        self.words.clear()
        found._mutable = False
        return found


def _name_in(head: dict[str, Any]) -> bytes | None:
    """The name of a part; None where it has none or is written as no browser writes it."""
    try:
        name: bytes = head["content-disposition"][1]["name"].strip()
    except (KeyError, IndexError, AttributeError):
        return None
    if "content-transfer-encoding" in head:
        raise MultiPartParserError("a part in an encoding that no browser uses")
    return name


def _text(typed: bytes) -> str:
    return typed.decode("utf-8", "replace")
