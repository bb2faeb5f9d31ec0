"""What the page of a file's copies shows: how far they are, what is told, and where each lies."""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from intake.casework.viewing.apart.made_copies import FileFacts
from intake.casework.viewing.what_is_told import Told
from intake.choices import CopySort, CopyState
from intake.models import Attachment, CopyMaking, ViewingCopy

# A document's pages are made and shown so many at a time.
PAGES = 10
_SALT = "intake.copies"


@dataclass(frozen=True, slots=True)
class Shown:
    """One copy on the page: `sort` says how it is shown, `name` what it is for people."""

    sort: str
    name: str
    url: str
    note: str = ""


def shown_copies(
    request: HttpRequest, making: CopyMaking, copies: Sequence[ViewingCopy], told: Told
) -> list[Shown]:
    """What is seen and heard, in the order in which it was made."""
    ticket = ticket_of(request, making)
    return [
        Shown(
            copy.sort,
            _name_of(copy),
            f"{_address(making, copy)}?look={ticket}",
            told.notes.get(f"{copy.sort}-{copy.number}", ""),
        )
        for copy in copies
        if copy.sort != CopySort.TOLD
    ]


def ticket_of(request: HttpRequest, making: CopyMaking) -> str:
    """That this session had the page, whose event stands for all that it shows."""
    told = f"{request.session.session_key}:{making.pk}:{making.mark}"
    return salted_hmac(_SALT, told, algorithm="sha256").hexdigest()


def has_ticket(request: HttpRequest, making: CopyMaking) -> bool:
    """Whether the address was given out by a page of this session."""
    asked = request.GET.get("look", "")
    return hmac.compare_digest(asked.encode(), ticket_of(request, making).encode())


def state_words(making: CopyMaking | None, *, goes_on: bool) -> str:
    """How far the copies are, beside the file; '' where nobody has asked for any."""
    if making is None:
        return ""
    if making.state != CopyState.MAKING:
        return str(making.get_state_display())
    if not goes_on:
        return "上次没有做完，请再按一次"
    return f"正在做副本{progress_words(making)}"


def progress_words(making: CopyMaking) -> str:
    """'：12／40', or nothing where nobody knows yet."""
    if not making.done:
        return ""
    return f"：{making.done}／{making.total}" if making.total else f"：{making.done}"


def told_words(facts: FileFacts) -> Iterator[str]:
    """What is told beside the file, a short line each."""
    if facts.pages:
        yield f"共 {facts.pages} 页"
    if facts.seconds:
        minutes, seconds = divmod(round(facts.seconds), 60)
        yield f"长 {minutes} 分 {seconds} 秒" if minutes else f"长 {seconds} 秒"
    if facts.removed:
        yield f"副本里去掉了：{'、'.join(facts.removed)}"


def copies_address(attachment: Attachment) -> str:
    """The page itself."""
    keys = [attachment.submission_id, attachment.pk]
    return reverse("admin:intake_submission_copies", args=keys)


def _address(making: CopyMaking, copy: ViewingCopy) -> str:
    item, attachment = making.attachment.submission_id, making.attachment_id
    part = f"{making.first}-{copy.sort}-{copy.number}"
    return reverse("admin:intake_submission_copy", args=[item, attachment, part])


def _name_of(copy: ViewingCopy) -> str:
    if copy.sort == CopySort.PAGE:
        return f"第 {copy.number} 页"
    if copy.sort == CopySort.PICTURE:
        return f"图片第 {copy.number} 段"
    return str(copy.get_sort_display())
