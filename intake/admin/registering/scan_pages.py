"""Scans beside the fields before anything is saved: put there, looked at, taken off."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from inspection import clock
from inspection.admin.offered import NotOffered
from intake.access import Deed
from intake.admin.downloads import AS_IT_IS, HEADERS, saved_as
from intake.admin.link_targets import only_post
from intake.admin.registering.register_form import SHEET, read_nonce
from intake.admin.who import member
from intake.casework.registering import scans
from intake.casework.registering.scans import ScanNote
from intake.casework.viewing.viewing_copies import CannotShow, has_copy, page_of, viewing_copies
from intake.citizen.forms.attached_files import good_and_refused
from intake.models import DraftScan
from intake.report.draft import Attachment
from intake.report.evidence import download_name, problems_with
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring, KeyringMissing, keyring_of

# So many stand beside the fields; what is longer is read in the clerk's own program.
MOST_PAGES = 30
PAGE, _NUMBER = "page", re.compile("[1-9][0-9]{0,3}", re.ASCII)
LINES = "admin/intake/registering/_scans.html"
LOG_IN_AGAIN = "登录已经到时，扫描件没有放上。请重新登录。"


@only_post
def put_view(request: HttpRequest) -> HttpResponse:
    """POST `_sheet`, `attachments`: all scans of the sheet to be put in; 422 with what is wrong."""
    keyring, nonce = _keyring(request), read_nonce(request.POST.get(SHEET, ""))
    if nonce is None:
        raise Http404
    good, problems = good_and_refused(request.FILES.getlist("attachments"))
    problems += put_beside(good, nonce, keyring)
    shown = {"scans": lines_of(nonce, keyring), "problems": problems}
    return HttpResponse(render_to_string(LINES, shown), status=422 if problems else 200)


@require_safe
def look_view(request: HttpRequest, scan_id: UUID) -> HttpResponseBase:
    """The picture drawn anew, of the own scan alone; with `page` that of a document.

    No browser shows a PDF under a policy that shuts scripts in, and without one it would run with
    our pages: so that its pages are drawn in a room apart, and the whole of it is a download.
    """
    keyring, number = _keyring(request), _page_asked(request)
    try:
        scan = scans.content_of(scan_id, keyring)
    except (DraftScan.DoesNotExist, CannotOpen) as error:
        raise Http404 from error
    if number is None and not has_copy(scan.kind):
        name = download_name(scan.name, scan.kind, 1)
        return saved_as(name, FileResponse(scan.content.opened(), content_type=AS_IT_IS))
    try:
        copy = _first_copy(scan) if number is None else page_of(scan.content, scan.kind, number)
    except CannotShow as problem:
        return HttpResponse(str(problem), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(copy, content_type="image/jpeg", headers=HEADERS)


def _first_copy(scan: Attachment) -> bytes:
    with scan.content.opened() as file:
        return viewing_copies(file, scan.kind).copies[0]


@only_post
def take_off_view(request: HttpRequest, scan_id: UUID) -> HttpResponse:
    """POST: this one of the own scans is not part of the letter."""
    scans.take_off(scan_id, _keyring(request))
    return JsonResponse({})


def put_beside(good: Sequence[Attachment], nonce: str, keyring: Keyring) -> list[str]:
    """Seals files beside the sheet, unless they are too many; gives what is wrong."""
    problems = too_many(scans.found(nonce, keyring), good)
    if good and not problems:
        # Sweeping goes by real time, also where business time is simulated.
        scans.keep(good, nonce=nonce, keyring=keyring, real_at=clock.real_now())
    return problems


def too_many(there: Sequence[ScanNote | Attachment], more: Sequence[Attachment]) -> list[str]:
    """What is wrong with the number or the size of all files together."""
    return problems_with([(one.name, None, one.size) for one in (*there, *more)], ())


def lines_of(nonce: str, keyring: Keyring) -> list[dict[str, Any]]:
    """What the page shows of each scan of a sheet."""
    return [
        {
            "pk": str(note.pk),
            "name": note.name,
            "size": note.size,
            "look": _address("scan", note.pk),
            "is_picture": has_copy(note.kind),
            "pages": range(1, min(note.pages, MOST_PAGES) + 1),
            "more_pages": max(0, note.pages - MOST_PAGES),
            "take_off": _address("scan_off", note.pk),
        }
        for note in scans.found(nonce, keyring)
    ]


def _page_asked(request: HttpRequest) -> int | None:
    """Which page of a document; None for the scan as a whole."""
    asked = request.GET.dict()
    number = asked.pop(PAGE, "1")
    if asked or not _NUMBER.fullmatch(number):
        raise NotOffered("no page of a scan")
    return int(number) if PAGE in request.GET else None


def read_key(typed: str) -> UUID | None:
    """The key of a scan; None for what is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def _address(page: str, pk: UUID) -> str:
    return reverse(f"admin:intake_submission_{page}", args=[pk])


def _keyring(request: HttpRequest) -> Keyring:
    if not member(request).may(Deed.REGISTER):
        raise PermissionDenied
    try:
        return keyring_of(request)
    except KeyringMissing as error:
        raise PermissionDenied(LOG_IN_AGAIN) from error
