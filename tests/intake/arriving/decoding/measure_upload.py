"""Sends 200 MB through the WSGI application, and prints how much memory that took at most.

Run by test_upload_memory in a process of its own: MiB above a request without files, for
one of 10 MB and for the largest.
"""

import os
import sys
from pathlib import Path
from typing import Any

import django

from intake.report.report_limits import MAX_FILE_BYTES, MEGABYTE
from tests.intake.arriving.decoding.streamed_forms import PIECE, Sent, request_of

# The sizes of the files of each request.
REQUESTS = ([10 * MEGABYTE], [MAX_FILE_BYTES] * 2)


def post(fields: dict[str, str], sizes: list[int]) -> None:
    """One report; it must be taken."""
    from intake.wsgi import application

    answered: list[str] = []
    piece = os.urandom(PIECE)
    sent = [Sent(f"{n}.jpg", size, piece=piece) for n, size in enumerate(sizes)]
    environment: dict[str, Any] = {
        **{"REQUEST_METHOD": "POST", "PATH_INFO": "/report/", "REMOTE_ADDR": "127.0.0.1"},
        **{"SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http"},
        "wsgi.errors": sys.stderr,
        **request_of(fields, sent),
    }
    response = application(environment, lambda status, headers, *rest: answered.append(status))
    b"".join(response)
    response.close()  # type: ignore[attr-defined]
    if answered != ["200 OK"]:
        raise SystemExit(f"not taken: {answered}")


def highest() -> float:
    """The most memory that this process held so far, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from intake.models import Attachment
    from tests.making import make_intake
    from tests.sending import filled_in

    call_command("migrate", verbosity=0)
    make_intake()
    post(filled_in(), [])
    idle = highest()
    for sizes in REQUESTS:
        post(filled_in(), sizes)
        print(round(highest() - idle, 1))  # noqa: T201 - what the test reads
    stored = sorted(Attachment.objects.values_list("size", flat=True))
    if stored != [size for sizes in REQUESTS for size in sizes]:
        raise SystemExit(f"not stored: {stored}")


main()
