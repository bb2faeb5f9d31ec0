"""Reads what a citizen sent, whatever its shape; what cannot be read is told in plain words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from inspection import clock
from intake.abuse import floods
from intake.abuse.floods import TooMany
from intake.arriving.arrivals import Arrival, arrival_of, length_of
from intake.arriving.decoding.form_parts import NoRoomForWords
from intake.arriving.decoding.kept_files import Uploads
from intake.arriving.decoding.short_forms import parts_decoded, url_decoded
from intake.arriving.decoding.uploads import BoundedUploadHandler
from intake.citizen.incoming.sender_keys import sender_of
from intake.report.evidence import LIMITS, LONG_RECORDING
from intake.report.report_limits import (
    LONGEST_REQUEST,
    LONGEST_WITHOUT_FILES,
    LONGEST_WORDS,
    MAX_FILES,
    MOST_FIELDS,
    MOST_WORDS,
    PIECE,
)

# A request without files is shorter, whatever it says: each byte of its words may be escaped.
_LONGEST_IN_PARTS = MOST_WORDS + PIECE
_LONGEST_ESCAPED = 3 * MOST_WORDS + PIECE
_URL_ENCODED = "application/x-www-form-urlencoded"
_IN_PARTS = "multipart/form-data"

TOO_LARGE = f"您选的文件太大，没有收。{LIMITS}，请少选几个再试。{LONG_RECORDING}"
TOO_MUCH_TEXT = (
    "字太多，收不下，所以没有登记，也没有留在我们这里。"
    "请按“返回”，您写的多半还在；删短一些，或者分几次交。"
)
TOO_MANY_FILES = f"您选的文件太多，没有收。最多 {MAX_FILES} 个，请少选几个再试。"
TOO_SLOW = (
    "网络太慢，没有收全，所以没有登记。请再提交一次；有文件的，可以先只交文字，以后再补文件。"
)
NOT_READ = (
    "从您这个网络同时来的信太多，这一封没有收。请按“返回”，您写的多半还在；等一分钟，再点“提交”。"
    "同一栋楼、同一个村的人常常共用一个网络，换一个网络马上就可以交。"
)
NO_ROOM = (
    "现在放不下文件，文件没有收。请先不选文件，只交文字，拿到查询码以后再补文件；"
    "也可以过一会儿再试。"
)
NO_ROOM_FOR_WORDS = (
    "从您这个网络同时来的信太多，这一封太长，没有收。请按“返回”，您写的多半还在；"
    "等一分钟再提交，或者先删短一些。"
)
BROKEN = "收到的内容不完整，可能是网络中断了，所以没有登记。请再提交一次。"
TOO_MANY_FIELDS = "收到的格子太多，不像是这张表，所以没有登记。请重新打开表格再填。"


@dataclass(frozen=True, slots=True, repr=False)
class Typed:
    """What was typed and the files that came with it."""

    data: QueryDict = field(default_factory=QueryDict)
    files: Uploads = field(default_factory=Uploads)
    # Another site made the browser send it.
    is_planted: bool = False

    @property
    def is_too_long(self) -> bool:
        """Whether all words together are more than a report can be."""
        return self.size > LONGEST_WORDS

    @property
    def size(self) -> int:
        """The bytes of all words together."""
        return sum(len(value.encode()) for _, values in self.data.lists() for value in values)


class CannotRead(Exception):
    """The request is no form of ours; `typed` is what could be read of it."""

    def __init__(self, status: int, sentence: str, typed: Typed) -> None:
        super().__init__(status)
        self.status = status
        self.sentence = sentence
        self.typed = typed


class FilesRefused(Exception):
    """Too many files come in: these were not kept, the words beside them were read."""

    def __init__(self, many: TooMany, typed: Typed) -> None:
        super().__init__(many)
        self.many = many
        self.typed = typed


def read(request: HttpRequest) -> Typed:
    """The form that was sent. Raises CannotRead, or FilesRefused before a file is kept.

    A form that another site sent comes without its token, whatever becomes of it.
    """
    if not is_from_elsewhere(request):
        return _read_ours(request)
    try:
        return _planted(_read_ours(request))
    except CannotRead as problem:
        problem.typed = _planted(problem.typed)
        raise
    except FilesRefused as refused:
        refused.typed = _planted(refused.typed)
        raise


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another site made it send this.

    Old browsers say only where a form stands, and our own pages let them say 'null'.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.META.get("HTTP_ORIGIN", "null")
    return origin != "null" and _host_in(origin) != _host_in(f"//{request.get_host()}")


def _host_in(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _planted(typed: Typed) -> Typed:
    data = typed.data.copy()
    data.pop("form_token", None)
    return Typed(data, typed.files, is_planted=True)


def _read_ours(request: HttpRequest) -> Typed:
    many = _files_in_a_flood(request)
    arrival = arrival_of(request.META)
    typed = _read(request, arrival, keeps_files=lambda: many is None)
    if many and typed.files:
        raise FilesRefused(many, typed)
    if not arrival.has_room and typed.files:
        raise CannotRead(503, NO_ROOM, typed)
    return typed


def _files_in_a_flood(request: HttpRequest) -> TooMany | None:
    """Whether no files are taken now, known before they have come."""
    if length_of(request.META) > _LONGEST_IN_PARTS:
        try:
            floods.check_files(sender_of(request), at=clock.real_now())
        except TooMany as many:
            return many
    return None


def _read(request: HttpRequest, arrival: Arrival, *, keeps_files: Callable[[], bool]) -> Typed:
    if length_of(request.META) > LONGEST_REQUEST:
        raise CannotRead(413, TOO_LARGE, Typed())
    # Our pages are UTF-8; another charset would only be a way to smuggle odd characters in.
    if request.encoding:
        request.encoding = "utf-8"
    # Did it know the request, the files of both would stay in memory long after the answer.
    handler = BoundedUploadHandler(keeps_files=keeps_files)
    request.upload_handlers = [handler]
    try:
        if request.content_type == _URL_ENCODED:
            typed, is_whole = _url_encoded(request)
        else:
            typed, is_whole = _read_parts(request), True
    except RequestDataTooBig as error:
        raise CannotRead(413, TOO_MUCH_TEXT, Typed()) from error
    except NoRoomForWords as error:
        raise CannotRead(503, NO_ROOM_FOR_WORDS, Typed()) from error
    except TooManyFilesSent as error:
        raise CannotRead(413, TOO_MANY_FILES, Typed(handler.read_so_far)) from error
    except TooManyFieldsSent as error:
        raise CannotRead(400, TOO_MANY_FIELDS, Typed(handler.read_so_far)) from error
    except (MultiPartParserError, SuspiciousOperation, BadRequest, UnreadablePostError) as error:
        raise _broken(arrival, Typed(handler.read_so_far)) from error
    if not is_whole:
        raise _broken(arrival, typed)
    if sum(len(values) for _, values in typed.data.lists()) > MOST_FIELDS:
        raise CannotRead(400, TOO_MANY_FIELDS, typed)
    return typed


def _url_encoded(request: HttpRequest) -> tuple[Typed, bool]:
    """The fields, of far too many the first; and whether all that was announced has come."""
    length = length_of(request.META)
    if length > _LONGEST_ESCAPED:
        raise RequestDataTooBig("more words than are read")
    body = request.read(length)
    fields = body.split(b"&", MOST_FIELDS + 1)
    typed = Typed(url_decoded(b"&".join(fields[: MOST_FIELDS + 1])))
    if typed.size > MOST_WORDS:
        raise RequestDataTooBig("more words than are read")
    return typed, len(body) >= length


def _read_parts(request: HttpRequest) -> Typed:
    """A form that may hold files; most are short and hold none."""
    if request.content_type == _IN_PARTS and 0 < length_of(request.META) <= LONGEST_WITHOUT_FILES:
        found = parts_decoded(request)
        if found is not None:
            return Typed(found)
    typed = Typed(request.POST, request.FILES)
    # The answer keeps the request until it has been sent, and only then closes its files.
    request.POST = QueryDict()
    return typed


def _broken(arrival: Arrival, typed: Typed) -> CannotRead:
    if arrival.is_refused:
        return CannotRead(429, NOT_READ, typed)
    if arrival.is_crowded_out:
        return CannotRead(503, NO_ROOM_FOR_WORDS, Typed())
    return CannotRead(400, TOO_SLOW if arrival.is_too_slow else BROKEN, typed)
