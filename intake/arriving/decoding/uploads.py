"""Reads a form in parts in memory, within bounds: no plaintext is spooled to the disk."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, QueryDict, multipartparser
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

from intake.arriving.reception import Arrival, arrival_of
from intake.report.evidence import bare_name
from intake.report.report_limits import (
    LONGEST_IN_PARTS,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_TOTAL_BYTES,
    MOST_WORDS,
    PIECE,
)

if TYPE_CHECKING:
    AnyFile: TypeAlias = UploadedFile[Any]
    Uploads: TypeAlias = MultiValueDict[str, AnyFile]
else:
    AnyFile, Uploads = UploadedFile, MultiValueDict

# Django reads 1 KiB of headers a part and else drops the whole form, its text included; a name
# of 5,000 characters, nine bytes each where a program escapes them, still fits into this.
multipartparser.MAX_TOTAL_HEADER_SIZE = 64 * 1024  # type: ignore[attr-defined]

# Read however little room there is: any report without files, and what the parser reads ahead.
FEW_WORDS = LONGEST_IN_PARTS + 2 * PIECE


class OversizedFile(InMemoryUploadedFile):
    """A file that was too large to keep: its name and size are known, its content is dropped."""


class CutOff(MultiPartParserError):
    """The connection ended before the form did: what came is not all that was typed."""


class NoRoomForWords(MultiPartParserError):
    """So much is under way that not even these words can be kept."""


class _Counted:
    """The request's stream, counting what came; it ends where words find no room any more."""

    def __init__(self, stream: IO[bytes], files: "_FilesInMemory", arrival: Arrival) -> None:
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


class _Parts(MultiPartParser):
    """The parts of a form, one after another.

    Django's own loop turns each field into text at once, which can be four times as long, and
    keeps the bytes beside it; here words stay the bytes that they were until all have come.
    """

    _stream: _Counted
    _files_of: "_FilesInMemory"

    def __init__(self, meta: dict[str, str], stream: _Counted, files: "_FilesInMemory") -> None:
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


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Parses a multipart form: whole or not at all, words and files in memory and within limits.

    The request is read to its end past the limits on files, so that the words typed beside a
    file that is too large are not lost; past the limit on words it is not read further.
    `read_so_far` holds the words of a form that is broken.
    """

    def __init__(
        self,
        request: HttpRequest | None = None,
        *,
        keeps_files: Callable[[], bool] = lambda: True,
    ) -> None:
        """`keeps_files` is asked again and again whether files are taken at all."""
        super().__init__(request)
        self.keeps_files = keeps_files
        self.read_so_far: QueryDict = QueryDict()

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> tuple[QueryDict, Uploads]:
        arrival = arrival_of(META)
        files = _FilesInMemory(lambda: arrival.has_room and self.keeps_files())
        stream = _Counted(input_data, files, arrival)
        parts = _Parts(META, stream, files)
        try:
            parts.read_all()
        except Exception:
            self.read_so_far = parts.take_words()
            raise
        if stream.count < content_length:
            self.read_so_far = parts.take_words()
            raise CutOff("the body is shorter than its length")
        return parts.take_words(), parts.uploads

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        raise NotImplementedError("the files go to _FilesInMemory")

    def file_complete(self, file_size: int) -> None:
        raise NotImplementedError("the files go to _FilesInMemory")


class _FilesInMemory(FileUploadHandler):
    """Collects each file and drops the content of what is over a limit."""

    def __init__(self, keeps_files: Callable[[], bool]) -> None:
        super().__init__()
        self.keeps_files = keeps_files
        self.kept_bytes = 0
        self.kept_files = 0
        self.seen_bytes = 0
        self.count = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer: BytesIO | None = BytesIO() if self.kept_files < MAX_FILES else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.seen_bytes += len(raw_data)
        if self.buffer is None:
            return
        self.kept_bytes += len(raw_data)
        is_too_much = start + len(raw_data) > MAX_FILE_BYTES or self.kept_bytes > MAX_TOTAL_BYTES
        if is_too_much or not self.keeps_files():
            self.kept_bytes -= start + len(raw_data)
            self.buffer = None
            return
        self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> AnyFile:
        kind = OversizedFile if self.buffer is None else InMemoryUploadedFile
        if self.buffer is not None:
            self.kept_files += 1
        # Reading a buffer of exactly its content's size copies nothing.
        content = BytesIO(self.buffer.getvalue() if self.buffer else b"")
        self.buffer = None
        return kind(
            file=content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
