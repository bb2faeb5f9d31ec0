"""Keeps a flood out, in words that help a person who happens to sit in the same building."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponse

from inspection import clock
from intake.abuse import floods
from intake.abuse.floods import Reason, TooMany
from intake.arriving.ahead import waiting_content
from intake.arriving.ahead.waiting_content import TakenContent, WaitingContent
from intake.arriving.turns import NoTurn, Turns
from intake.citizen.adding import is_known
from intake.citizen.forms import Sheet
from intake.citizen.forms.files_ahead import still_waiting
from intake.citizen.incoming.sender_keys import sender_of
from intake.citizen.incoming.what_was_sent import Typed
from intake.citizen.pages import not_sent
from intake.report.draft import Attachment, Draft, SupplementDraft
from intake.report.evidence import OF_CODE
from intake.report.evidence.file_kinds import RECORDINGS
from intake.report.report_limits import MEGABYTE

logger = logging.getLogger(__name__)

OTHER_WAYS = "着急的，可以打公告上的电话、寄信，或者把信投进举报箱。"
SHARED = "同一栋楼、同一个村的人常常共用一个网络，这不是您的问题。"
SENTENCES: dict[Reason, tuple[str, ...]] = {
    Reason.ADDRESS: (
        "从您这个网络来的信一下子太多了，这一封还没有登记。",
        SHARED,
        "请等{wait}，再点“再提交一次”。用手机上网的，换一个网络马上就可以交。",
    ),
    Reason.SAME_TEXT: (
        "一字不差的信，刚才已经收到很多封，这一封没有再登记。",
        "信里写上您自己知道的事，马上就可以交。不改的，请等{wait}再点“再提交一次”。",
    ),
    Reason.FILES: (
        "这一阵收到的文件太多了，现在只收文字。",
        "请不选文件，再点“再提交一次”。拿到查询码以后，等{wait}，再凭查询码补充文件。",
    ),
    Reason.CROWDED: (
        "现在来信的人特别多，这一封还没有登记。",
        "您写的都在下面。请等{wait}，再点“再提交一次”。",
    ),
}


# In bytes of all files of a report: to seal more takes a worker longer than a report of words.
LARGE = 2 * MEGABYTE
SEALING = Turns(most=12, longest_seconds=60)


class Stored(Protocol):
    """What a use case says of a report that is safely stored."""

    @property
    def is_repeat(self) -> bool: ...


StoredT = TypeVar("StoredT", bound=Stored)


def guarded(
    request: HttpRequest,
    draft: Draft | SupplementDraft,
    sheet: Sheet,
    store: Callable[[], StoredT],
) -> StoredT:
    """Stores and counts a draft unless it is one of a flood. Raises TooMany.

    What was stored before gets its receipt whatever happens around it.
    """
    at = clock.real_now()
    sent = floods.Sent(
        network=sender_of(request),
        text=said_in(draft),
        # What came ahead was counted when it came.
        file_bytes=sum(one.size for one in draft.attachments if _is_in_form(one)),
        given_out_at=sheet.given_out_at,
    )
    try:
        floods.check(sent, at=at)
    except TooMany:
        if sheet.nonce is None or not is_known(sheet.nonce, draft.content):
            raise
    stored = _apart(store) if sum(one.size for one in draft.attachments) > LARGE else store()
    if not stored.is_repeat:
        floods.count(sent, at=at)
    _let_go(draft.attachments, at)
    return stored


def said_in(draft: Draft | SupplementDraft) -> str:
    """What counts as its words; of one that is spoken, its recordings."""
    if len(draft.narrative) >= floods.SHORTEST_TEXT:
        return draft.narrative
    # Nobody says or films a thing twice alike: two of one digest are copies.
    spoken = [one.sha256 for one in draft.attachments if OF_CODE[one.kind].sort in RECORDINGS]
    return " ".join([draft.narrative, *sorted(spoken)])


def _apart(store: Callable[[], StoredT]) -> StoredT:
    """Seals large files one after the other, while others' reports have the places."""
    try:
        with SEALING.one():
            return store()
    except NoTurn:
        raise TooMany(Reason.FILES, 60) from None


def _is_in_form(file: Attachment) -> bool:
    return not isinstance(file.content, WaitingContent | TakenContent)


def _let_go(files: Sequence[Attachment], at: datetime) -> None:
    """The parts of what is stored need not wait any more. It never fails: a receipt is due."""
    waiting = still_waiting(files)
    if not waiting:
        return
    try:
        waiting_content.took(waiting, at=at)
    except AnyDatabaseError as error:
        logger.warning("parts of stored files wait on: %s", type(error).__name__)


def refused(request: HttpRequest, typed: Typed, many: TooMany, *, again: str) -> HttpResponse:
    """429: everything typed to send again, when, and what can be done at once."""
    minutes = -(-many.seconds // 60)
    wait = "一分钟" if minutes == 1 else f" {minutes} 分钟"
    words = [sentence.format(wait=wait) for sentence in SENTENCES[many.reason]]
    response = not_sent.refused(
        request, typed, status=429, sentences=[*words, OTHER_WAYS], again=again
    )
    response.headers["Retry-After"] = str(many.seconds)
    return response
