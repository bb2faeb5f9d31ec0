"""Keeps uploads in memory, within bounds, so that no plaintext is spooled to the disk."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from intake.evidence import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES


class OversizedFile(InMemoryUploadedFile):
    """A file that was too large to keep: its name and size are known, its content is dropped."""


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Collects each file in memory and drops the content of what is over a limit.

    The request is still read to its end, so that the words typed beside a file that is too
    large are not lost.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.kept_bytes = 0
        self.kept_files = 0

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.buffer: BytesIO | None = BytesIO() if self.kept_files < MAX_FILES else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.buffer is None:
            return
        self.kept_bytes += len(raw_data)
        if start + len(raw_data) > MAX_FILE_BYTES or self.kept_bytes > MAX_TOTAL_BYTES:
            self.kept_bytes -= start + len(raw_data)
            self.buffer = None
            return
        self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        kind = OversizedFile if self.buffer is None else InMemoryUploadedFile
        content = self.buffer or BytesIO()
        if self.buffer is not None:
            self.kept_files += 1
            content.seek(0)
        return kind(
            file=content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
