"""What staff take out: a file under its name, which no browser runs and nobody between keeps."""

from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

Answer = TypeVar("Answer", bound=HttpResponseBase)

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # nginx would put a piece of a long answer on a disk.
    "X-Accel-Buffering": "no",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
# Of a file that was sent: whatever it is, no browser shows it.
AS_IT_IS = "application/octet-stream"


def saved_as(name: str, response: Answer) -> Answer:
    """The answer as a file to keep under a name, which may be Chinese."""
    return _under(name, response, is_to_save=True)


def shown_as(name: str, response: Answer) -> Answer:
    """The answer shown by the browser, which would keep it under a name."""
    return _under(name, response, is_to_save=False)


def _under(name: str, response: Answer, *, is_to_save: bool) -> Answer:
    told = content_disposition_header(is_to_save, name)
    for header, value in {**HEADERS, "Content-Disposition": str(told)}.items():
        response.headers[header] = value
    return response
