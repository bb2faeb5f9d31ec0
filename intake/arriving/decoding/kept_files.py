"""Files of a form, taken in within the limits of what is taken."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.datastructures import MultiValueDict

from intake.arriving.arrivals import Arrival
from intake.arriving.spooling.spool import Spool
from intake.arriving.spooling.spooled_content import Incoming
from intake.report.contents import BytesContent, Content
from intake.report.report_limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES

if TYPE_CHECKING:
    AnyFile: TypeAlias = UploadedFile[Any]
    Uploads: TypeAlias = MultiValueDict[str, AnyFile]
else:
    AnyFile, Uploads = UploadedFile, MultiValueDict


class OversizedFile(AnyFile):
    """A file that was too large to keep: its name and size are known, its content is dropped."""

    def __init__(self, *, size: int) -> None:
        super().__init__(file=BytesIO(), size=size)


class SpooledFile(AnyFile):
    """A file that lies in the spool of its request."""

    def __init__(self, content: Content) -> None:
        super().__init__(file=content.opened(), size=content.size)
        self.content = content


class FilesInSpool(FileUploadHandler):
    """Takes each file in and drops the content of what is over a limit, or finds no room."""

    def __init__(self, arrival: Arrival, keeps_files: Callable[[], bool]) -> None:
        super().__init__()
        self.arrival = arrival
        self.keeps_files = keeps_files
        self.spool = Spool(arrival, settings.SPOOL_ROOT)
        self.kept_bytes = 0
        self.kept_files = 0
        self.seen_bytes = 0
        self.count = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.incoming = Incoming(self.spool) if self.kept_files < MAX_FILES else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.seen_bytes += len(raw_data)
        if self.incoming is None:
            self.arrival.forget(len(raw_data))
            return
        size = self.incoming.size + len(raw_data)
        is_too_much = size > MAX_FILE_BYTES or self.kept_bytes + size > MAX_TOTAL_BYTES
        if is_too_much or not (self.arrival.has_room and self.keeps_files()):
            self.arrival.forget(len(raw_data))
            self._drop(self.incoming)
            return
        try:
            self.incoming.write(raw_data)
        except OSError:
            self.arrival.has_room = False
            self._drop(self.incoming)

    def file_complete(self, file_size: int) -> AnyFile:
        content = self._whole()
        file: AnyFile
        if content is None:
            file = OversizedFile(size=file_size)
        else:
            self.kept_files += 1
            self.kept_bytes += content.size
            file = SpooledFile(content)
        file.name, file.content_type = self.file_name, self.content_type
        file.charset, file.content_type_extra = self.charset, self.content_type_extra
        return file

    def _whole(self) -> Content | None:
        """What came of a file that was kept to its end."""
        incoming, self.incoming = self.incoming, None
        try:
            return incoming.whole() if incoming else None
        except OSError:
            self.arrival.has_room = False
            self._drop(incoming)
            return None

    def _drop(self, incoming: Incoming | None) -> None:
        self.incoming = None
        if incoming is not None:
            self.arrival.forget(incoming.drop())


def content_of(file: AnyFile) -> Content:
    """What a file holds, wherever it lies."""
    return file.content if isinstance(file, SpooledFile) else BytesContent(file.read())
