"""Which page an address means that was forwarded with something behind it: a full stop, words."""

import re
import unicodedata

from django.http import HttpRequest
from django.urls import Resolver404, resolve

# All of our addresses are written with these alone.
_OURS = re.compile(r"[A-Za-z0-9/_.\-]+")
# A slash typed twice; two at the beginning would also lead to another site.
_SLASHES = re.compile("/{2,}")
_LONGEST = 300


def meant_by(request: HttpRequest) -> str:
    """The address of the page that was meant, with its query; '' when nobody can tell."""
    path = request.path_info
    if request.method not in ("GET", "HEAD") or path.startswith("/admin/") or len(path) > _LONGEST:
        return ""
    found = _page_at(unicodedata.normalize("NFKC", path))
    query = request.META.get("QUERY_STRING", "")
    return "" if found in ("", path) else f"{found}?{query}" if query else found


def _page_at(path: str) -> str:
    match = _OURS.match(path)
    if match is None:
        return ""
    ours, rest = _SLASHES.sub("/", match[0]).rstrip(".-_"), path[match.end() :]
    if ours == "/" and rest[:1].isalnum():
        # Words alone are the name of no page.
        return ""
    written = (ours, ours.lower())
    candidates = [way for one in written for way in (one, f"{one}/", one.rstrip("/"))]
    return next((way for way in candidates if way and _is_there(way)), "")


def _is_there(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
