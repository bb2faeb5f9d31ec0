"""Files of a form in memory, within the limits of what is taken."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.datastructures import MultiValueDict

from intake.report.report_limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES

if TYPE_CHECKING:
    AnyFile: TypeAlias = UploadedFile[Any]
    Uploads: TypeAlias = MultiValueDict[str, AnyFile]
else:
    AnyFile, Uploads = UploadedFile, MultiValueDict


class OversizedFile(InMemoryUploadedFile):
    """A file that was too large to keep: its name and size are known, its content is dropped."""


class FilesInMemory(FileUploadHandler):
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
