"""Makes and sends bodies as no browser would, and says how they were refused."""

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.test import Client

from intake.models import Attachment, Submission
from tests.sending import (
    invalid_fields,
)

BOUNDARY = "a-boundary"


def post(sent: dict[str, Any]) -> HttpResponse:
    """Sends a form; whatever comes back is a page of ours that no cache keeps."""
    response = Client(raise_request_exception=True).post("/report/", sent)
    assert "no-store" in response.headers["Cache-Control"]
    return response


def raw(body: bytes, content_type: str, **headers: Any) -> HttpResponse:
    return Client().generic("POST", "/report/", body, content_type, **headers)


def cut_off(body: bytes, content_type: str, short_by: int) -> HttpResponse:
    """The connection ends before all that was announced has come."""
    return raw(body, content_type, **{"wsgi.input": BytesIO(body[:-short_by])})


def multipart(*parts: bytes, end: bytes = b"--\r\n") -> bytes:
    lines = b"".join(b"--" + BOUNDARY.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return lines + b"--" + BOUNDARY.encode() + end


def part(name: str, value: bytes, more: bytes = b"") -> bytes:
    head = b'Content-Disposition: form-data; name="' + name.encode() + b'"' + more
    return head + b"\r\n\r\n" + value


def parts_of(sent: dict[str, Any]) -> list[bytes]:
    return [part(name, str(value).encode()) for name, value in sent.items()]


URL_ENCODED = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def refused(response: HttpResponse, status: int, *fields: str) -> None:
    assert response.status_code == status
    assert invalid_fields(response) == set(fields)
    assert not Submission.objects.exists()
    assert not Attachment.objects.exists()
