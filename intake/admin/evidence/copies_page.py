"""The page of a file's copies: a press makes them, and it shows and plays what was made.

While they are made the clerk may do anything else; a script says how far it is, and without it a
link does. One look is one event, which names what was shown.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from inspection import clock
from inspection.admin.offered import NotOffered
from inspection.screen.asked import received_at
from intake.admin.evidence.shown_copies import (
    PAGES,
    Shown,
    copies_address,
    progress_words,
    shown_copies,
    told_words,
)
from intake.admin.finding.way_back import carried, kept_list
from intake.admin.items.evidence_pages import EvidencePage, attachment_of
from intake.admin.who import member
from intake.arriving.policy_headers import policy_text
from intake.arriving.request_places import place_left
from intake.casework.together.item_reader import Reader
from intake.casework.viewing import looking
from intake.casework.viewing.apart import making_copies
from intake.casework.viewing.apart.made_copies import NO_COPY
from intake.casework.viewing.copy_jobs import NoRoom
from intake.casework.viewing.kept_copies import are_whole
from intake.casework.viewing.opening_files import note_of
from intake.casework.viewing.starting_copies import begin
from intake.casework.viewing.what_is_told import NOTHING_TOLD, Told, told_by
from intake.models import CopyMaking, Submission, ViewingCopy
from intake.staff.keyring import Keyring

TEMPLATE = "admin/intake/submission/copies.html"
# Of this page alone: it plays what the site itself has made.
POLICY = {**settings.SECURE_CSP, "media-src": ["'self'"]}
NO_ROOM = "现在正在做的副本多，这一份还没有开始。请过几分钟再按一次。"
_HIGHEST_PAGE = 100_000


@dataclass(frozen=True, slots=True, repr=False)
class _Looked:
    """What a member finds: the making of these pages, if anybody asked, and what came of it."""

    name: str
    making: CopyMaking | None = None
    copies: tuple[ViewingCopy, ...] = ()
    told: Told = NOTHING_TOLD
    shown: tuple[Shown, ...] = ()
    is_damaged: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def copies_view(
    request: HttpRequest, item: Submission, attachment_id: UUID, site: admin.AdminSite
) -> HttpResponse:
    """GET shows what there is, from page `first` on; POST `first` has it made."""
    page = EvidencePage(request, site, attachment_of(item, attachment_id))
    first = _first_of(request)
    if request.method == "POST":
        return _pressed(page, first)
    looked = page.with_keys(lambda keyring: _look(page, keyring, first))
    if isinstance(looked, HttpResponse):
        return looked
    answer = page.answer(template=TEMPLATE, **_context(page, looked, first))
    answer.headers["Content-Security-Policy"] = policy_text(POLICY)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def progress_view(
    request: HttpRequest, item: Submission, attachment_id: UUID, site: admin.AdminSite
) -> HttpResponse:
    """How far the copies are, for the page's script: nothing of the file is opened."""
    page = EvidencePage(request, site, attachment_of(item, attachment_id))
    first = _first_of(request)

    def found(keyring: Keyring) -> CopyMaking | None:
        reader = Reader(page.attachment.submission, keyring)
        return looking.making_of(page.attachment, reader.desk, first)

    making = page.with_keys(found)
    if isinstance(making, HttpResponse):
        return making
    told = {"goesOn": _goes_on(making), "words": "", "done": 0, "total": 0}
    if making is not None:
        told |= {"words": progress_words(making), "done": making.done, "total": making.total or 0}
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


def _pressed(page: EvidencePage, first: int) -> HttpResponse:
    by, at = member(page.request), received_at(page.request)
    if not making_copies.is_possible(page.attachment.kind):
        return page.answer(422, title="没有副本", problem=NO_COPY)

    def start(keyring: Keyring) -> None:
        # A large file takes a second or two, while citizens wait for the places of this process.
        with place_left():
            begin(page.attachment, keyring, first=first, by=by, at=at, now=clock.real_now)

    try:
        refused = page.with_keys(start)
    except NoRoom:
        answer = page.answer(503, title="请过一会儿再做", problem=NO_ROOM)
        answer.headers["Retry-After"] = "120"
        return answer
    return refused or redirect(_address(page, first))


def _look(page: EvidencePage, keyring: Keyring, first: int) -> _Looked:
    """With its event where there is anything to see."""
    reader = Reader(page.attachment.submission, keyring)
    looked = _Looked(note_of(page.attachment, reader).name)
    making = looking.making_of(page.attachment, reader.desk, first)
    if making is None:
        return looked
    copies = tuple(making.copies.select_related("making__attachment"))
    if making.is_made and not are_whole(copies):
        return replace(looked, making=making, is_damaged=True)
    told = told_by(copies, reader.secret)
    shown = tuple(shown_copies(page.request, making, copies, told))
    if shown:
        with transaction.atomic():
            looking.record(
                making, copies, by=member(page.request), at=received_at(page.request), reader=reader
            )
    return replace(looked, making=making, copies=copies, told=told, shown=shown)


def _context(page: EvidencePage, looked: _Looked, first: int) -> dict[str, Any]:
    making, facts = looked.making, looked.told.facts
    is_made = making is not None and making.is_made and not looked.is_damaged
    has_more = is_made and bool(facts.pages) and (facts.pages or 0) >= first + PAGES
    address = _address(page, first)
    return {
        "title": f"副本：{looked.name}",
        "none": NO_COPY,
        "can_make": making_copies.is_possible(page.attachment.kind) and not is_made,
        "goes_on": _goes_on(making),
        "is_made": is_made,
        "making": making,
        "is_damaged": looked.is_damaged,
        "progress": progress_words(making) if making else "",
        "first": first,
        "last": first + PAGES - 1,
        "problem_words": looked.told.problem,
        "told": list(told_words(facts)),
        "shown": looked.shown,
        "here": address,
        "next": _address(page, first + PAGES) if has_more else "",
        "before": _address(page, first - PAGES) if first > PAGES else "",
        "progress_url": address.replace("/copies/", "/copies/progress/", 1),
    }


def _goes_on(making: CopyMaking | None) -> bool:
    return making is not None and making.goes_on_at(clock.real_now())


def _address(page: EvidencePage, first: int) -> str:
    """Of the pages from there on, with the way back to the list."""
    kept = kept_list(page.request)
    which = f"?first={first}" if first > 1 else ""
    return f"{copies_address(page.attachment)}{which}{carried(kept, '&' if which else '?')}"


def _first_of(request: HttpRequest) -> int:
    """1, 11, 21: as the page's own links ask. Raises NotOffered."""
    asked = (request.POST if request.method == "POST" else request.GET).get("first", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= len(str(_HIGHEST_PAGE))):
        raise NotOffered("first")
    first = int(asked)
    if first % PAGES != 1 or first > _HIGHEST_PAGE:
        raise NotOffered("first")
    return first
