"""What a request asks for, and when it arrived."""

import re
import unicodedata
from datetime import datetime

from django.http import HttpRequest

_CODE = re.compile(r"[a-z0-9-]+")


def code_asked_for(request: HttpRequest, name: str) -> str:
    """The code that an address names, without what clung to it when it was forwarded."""
    typed = request.GET.get(name, "")
    found = _CODE.match(unicodedata.normalize("NFKC", typed).strip().lower())
    return found[0].rstrip("-") if found else typed


def received_at(request: HttpRequest) -> datetime:
    """The moment at which the request reached the server."""
    at: datetime = request.received_at  # type: ignore[attr-defined]
    return at
