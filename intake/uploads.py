"""Reads a form with files in memory, within bounds: no plaintext is spooled to the disk."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, QueryDict, multipartparser
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.datastructures import MultiValueDict

from intake.evidence import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES

if TYPE_CHECKING:
    AnyFile: TypeAlias = UploadedFile[Any]
    Uploads: TypeAlias = MultiValueDict[str, AnyFile]
else:
    AnyFile, Uploads = UploadedFile, MultiValueDict

# Django reads 1 KiB of headers a part and else drops the whole form, its text included; a name
# of 5,000 characters, nine bytes each where a program escapes them, still fits into this.
multipartparser.MAX_TOTAL_HEADER_SIZE = 64 * 1024  # type: ignore[attr-defined]


class OversizedFile(InMemoryUploadedFile):
    """A file that was too large to keep: its name and size are known, its content is dropped."""


class CutOff(MultiPartParserError):
    """The connection ended before the form did: what came is not all that was typed."""


class _Counted:
    """The request's stream, counting what came."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(size)
        self.count += len(chunk)
        return chunk


class _Parser(MultiPartParser):
    """Django's parser; what it read before it failed can be given back."""

    @property
    def read_so_far(self) -> QueryDict:
        so_far = getattr(self, "_post", None)
        return so_far if isinstance(so_far, QueryDict) else QueryDict()


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Parses a multipart form: whole or not at all, files in memory and within the limits.

    The request is read to its end even past the limits, so that the words typed beside a file
    that is too large are not lost; `read_so_far` holds the words of a form that is broken.
    """

    def __init__(
        self,
        request: HttpRequest | None = None,
        *,
        keeps_files: Callable[[], bool] = lambda: True,
    ) -> None:
        """`keeps_files` is asked again and again whether there is room for more."""
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
        stream = _Counted(input_data)
        parser = _Parser(META, stream, [_FilesInMemory(self.keeps_files)], encoding)  # type: ignore[arg-type]
        try:
            post, files = parser.parse()
        except Exception:
            self.read_so_far = parser.read_so_far
            raise
        if stream.count < content_length:
            self.read_so_far = post
            raise CutOff("the body is shorter than its length")
        return post, files

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

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer: BytesIO | None = BytesIO() if self.kept_files < MAX_FILES else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
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
