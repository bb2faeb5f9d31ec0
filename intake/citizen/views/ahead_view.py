"""A file that comes ahead of its form, part by part, while a person is still writing.

Which form, which file and which part stand in headers: an address would be logged, and no page of
another site can send them. The body is the part, and nothing else.
"""

import logging
from dataclasses import dataclass
from http import HTTPStatus

from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from inspection import clock
from intake.abuse import floods
from intake.abuse.floods import TooMany
from intake.arriving.ahead import waiting_files
from intake.arriving.ahead.sheet_keys import SheetKey
from intake.arriving.ahead.waiting_files import Announced, NotTaken, TooManyWait
from intake.arriving.arrivals import arrival_of, length_of
from intake.citizen.forms import Sheet, read_sheet
from intake.citizen.incoming.sender_keys import sender_of
from intake.citizen.incoming.what_was_sent import is_from_elsewhere
from intake.report.evidence import LIMITS
from intake.report.report_limits import PART

logger = logging.getLogger(__name__)

OTHER_SHEET = _("这一页打开得太久，或者不完整。文件会在您点“提交”的时候再传。")
NOT_OURS = f"这个文件收不下。{LIMITS}，太大的请剪短。"
LATER = _("现在先传文件的人太多。文件会在您点“提交”的时候再传。")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the headers say."""

    sheet: SheetKey
    file: Announced


@csrf_exempt
@require_http_methods(["GET", "POST", "DELETE"])
def ahead(request: HttpRequest) -> JsonResponse:
    """GET: how much has come. POST: a part. DELETE: the file is no longer meant.

    {"come": how many parts from the first on are here, "taken": whether a report has it}; or
    {"words": why none is taken}, 403 for a form that is none of ours, 422 for what no form can
    have, 429 and 503 when there is no room.
    """
    # All of it, before anything waits for the database on behalf of a slow sender.
    piece = _body(request) if request.method == "POST" else b""
    try:
        asked = _asked(request)
        if asked is None:
            return _refused(HTTPStatus.FORBIDDEN, str(OTHER_SHEET))
        if request.method == "DELETE":
            waiting_files.drop(asked.sheet, asked.file.file)
        elif request.method == "POST":
            _take(request, asked, piece)
        come = waiting_files.come_of(asked.sheet, asked.file)
        return _answer({"come": come.parts, "taken": come.is_taken})
    except NotTaken:
        return _refused(HTTPStatus.UNPROCESSABLE_ENTITY, NOT_OURS)
    except (TooMany, TooManyWait) as many:
        seconds = many.seconds if isinstance(many, TooMany) else 60
        return _later(HTTPStatus.TOO_MANY_REQUESTS, seconds)
    except AnyDatabaseError as error:
        logger.error("a part was not kept: %s", type(error).__name__)  # noqa: TRY400
        return _later(HTTPStatus.SERVICE_UNAVAILABLE, 60)


def _take(request: HttpRequest, asked: _Asked, piece: bytes | None) -> None:
    """Keeps a part. Raises NotTaken, TooMany or TooManyWait."""
    at, network = clock.real_now(), sender_of(request)
    if arrival_of(request.META).is_refused:
        raise TooManyWait("so many come at once that it was not read")
    number = request.headers.get("X-Part", "")
    if piece is None or not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise NotTaken("no part, or only the beginning of one")
    floods.check_files(network, at=at)
    waiting_files.keep(asked.sheet, asked.file, int(number), piece, at=at)
    floods.count_files(network, len(piece), at=at)


def _body(request: HttpRequest) -> bytes | None:
    """The part; None when it is longer than any is, or has not come whole."""
    length = length_of(request.META)
    if not 0 < length <= PART:
        return None
    try:
        piece = request.read(length)
    except UnreadablePostError:
        return None
    return piece if len(piece) == length else None


def _asked(request: HttpRequest) -> _Asked | None:
    """None for a form that is none of ours. Raises NotTaken."""
    sheet: Sheet = read_sheet(request.headers.get("X-Form-Token", ""), at=clock.real_now())
    if sheet.nonce is None or sheet.problem or is_from_elsewhere(request):
        return None
    file = Announced.of(request.headers.get("X-File", ""), request.headers.get("X-Size", ""))
    return _Asked(waiting_files.sheet_of(sheet.nonce), file)


def _later(status: int, seconds: int) -> JsonResponse:
    answer = _refused(status, str(LATER))
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _refused(status: int, words: str) -> JsonResponse:
    return _answer({"words": words}, status)


def _answer(said: dict[str, object], status: int = HTTPStatus.OK) -> JsonResponse:
    return JsonResponse(said, status=status, headers={"Cache-Control": "no-store"})
