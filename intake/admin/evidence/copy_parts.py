"""One copy as a browser asks for it: a picture whole, sound and film in the ranges it plays.

An address works only in the session that had the page, whose event stands for it; and only for
who may read the item at the moment of asking.
"""

import re
from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from intake.admin.downloads import HEADERS
from intake.admin.evidence.flowing_files import flowing
from intake.admin.evidence.shown_copies import has_ticket
from intake.admin.items.evidence_pages import EvidencePage, attachment_of
from intake.casework.together.item_reader import Reader
from intake.casework.viewing import kept_copies, looking
from intake.choices import CopySort
from intake.models import Submission, ViewingCopy
from intake.sealing.opening_anywhere import OpenedAnywhere
from intake.staff.keyring import Keyring

# What a browser plays is asked for again and again: each answer is small, and holds nobody up.
MOST_AT_ONCE = 1024 * 1024
_PART = re.compile(r"([1-9]\d{0,5})-([a-z]{1,8})-([1-9]\d{0,5})", re.ASCII)
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


@require_safe
def part_view(
    request: HttpRequest, item: Submission, attachment_id: UUID, part: str, site: admin.AdminSite
) -> HttpResponseBase:
    """`part` is named as the page names it: '1-film-1'. 206 for a range, 416 for one outside."""
    page = EvidencePage(request, site, attachment_of(item, attachment_id))

    def find(keyring: Keyring) -> tuple[ViewingCopy, OpenedAnywhere]:
        reader = Reader(item, keyring)
        copy = _found(page, reader, part)
        return copy, kept_copies.opened(copy, reader.secret)

    found = page.with_keys(find)
    if isinstance(found, HttpResponse):
        return found
    copy, opened = found
    asked = request.headers.get("Range")
    answer = _ranged(opened, asked) if asked else flowing(opened, copy.media_type)
    told = {**HEADERS, "Accept-Ranges": "bytes", "Content-Type": copy.media_type}
    for name, value in told.items():
        answer.headers[name] = value
    return answer


def _found(page: EvidencePage, reader: Reader, part: str) -> ViewingCopy:
    """Raises Http404 for whatever this session was not shown."""
    named = _PART.fullmatch(part)
    if named is None or named[2] == CopySort.TOLD:
        raise Http404
    making = looking.making_of(page.attachment, reader.desk, int(named[1]))
    if making is None or not has_ticket(page.request, making):
        raise Http404
    rows = making.copies.filter(sort=named[2], number=int(named[3]))
    copy = rows.select_related("making").first()
    if copy is None:
        raise Http404
    return copy


def _ranged(opened: OpenedAnywhere, asked: str) -> HttpResponse:
    with opened:
        size = opened.size
        span = _span(asked, size)
        if span is None:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        first, end = span
        content = b"".join(opened.from_to(first, end))
    told = {"Content-Range": f"bytes {first}-{end - 1}/{size}"}
    return HttpResponse(content, status=206, headers=told)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """From where to before where, a megabyte at most; a browser asks on from there."""
    named = _RANGE.fullmatch(asked.replace(" ", ""))
    if named is None or named[1] == named[2] == "":
        return None
    if named[1] == "":
        first, end = max(size - int(named[2]), 0), size
    else:
        first = int(named[1])
        end = min(int(named[2]) + 1, size) if named[2] else size
    return (first, min(end, first + MOST_AT_ONCE)) if first < end else None
