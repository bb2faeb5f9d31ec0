"""Reads a form in parts, within bounds: its words in memory, its files into the spool."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, QueryDict

from intake.arriving.arrivals import arrival_of
from intake.arriving.decoding.form_parts import CountedStream, CutOff, Parts
from intake.arriving.decoding.kept_files import FilesInSpool, Uploads


class BoundedUploadHandler(FileUploadHandler):
    """Parses a multipart form: whole or not at all, words and files within limits.

    The request is read to its end past the limits on files, so that the words typed beside a
    file that is too large are not lost; past the limit on words it is not read further.
    `read_so_far` holds the words of a form that is broken.
    """

    def __init__(
        self, request: HttpRequest | None = None, *, keeps_files: Callable[[], bool] = lambda: True
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
        files = FilesInSpool(arrival, self.keeps_files)
        stream = CountedStream(input_data, files, arrival)
        parts = Parts(META, stream, files)
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
        raise NotImplementedError("the files go to FilesInSpool")

    def file_complete(self, file_size: int) -> None:
        raise NotImplementedError("the files go to FilesInSpool")
