"""Reads what a citizen sent, whatever its shape; what cannot be read is told in plain words."""

from dataclasses import dataclass, field

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from intake.uploads import BoundedMemoryUploadHandler, Uploads

MEGABYTE = 1024 * 1024
# More than anybody's telephone sends at once; what is larger is not even read.
LONGEST_REQUEST = 256 * MEGABYTE
LONGEST_TEXT = MEGABYTE
MOST_FIELDS = 100

TOO_LARGE = "您选的文件太大，没有收。每个文件不超过 10 MB，合计不超过 30 MB，请少选几个再试。"
BROKEN = "收到的内容不完整，可能是网络中断了，所以没有登记。请再提交一次。"
TOO_MANY_FIELDS = "收到的格子太多，不像是这张表，所以没有登记。请重新打开表格再填。"


@dataclass(frozen=True, slots=True, repr=False)
class Typed:
    """What was typed and the files that came with it."""

    data: QueryDict = field(default_factory=QueryDict)
    files: Uploads = field(default_factory=Uploads)

    @property
    def is_too_long(self) -> bool:
        """Whether all words together are more than a report can be."""
        return _bytes_of(self.data) > LONGEST_TEXT


class CannotRead(Exception):
    """The request is no form of ours; `typed` is what could be read of it."""

    def __init__(self, status: int, sentence: str, typed: Typed) -> None:
        super().__init__(status)
        self.status = status
        self.sentence = sentence
        self.typed = typed


def read(request: HttpRequest) -> Typed:
    """The form that was sent. Raises CannotRead."""
    if _length(request) > LONGEST_REQUEST:
        raise CannotRead(413, TOO_LARGE, Typed())
    # Our pages are UTF-8; another charset would only be a way to smuggle odd characters in.
    request.encoding = "utf-8"
    # Did it know the request, the files of both would stay in memory long after the answer.
    handler = BoundedMemoryUploadHandler()
    request.upload_handlers = [handler]
    try:
        typed = Typed(request.POST, request.FILES)
        is_whole = _is_whole(request)
    except RequestDataTooBig as error:
        raise CannotRead(413, TOO_LARGE, Typed(handler.read_so_far)) from error
    except (MultiPartParserError, SuspiciousOperation, BadRequest, UnreadablePostError) as error:
        raise CannotRead(400, BROKEN, Typed(handler.read_so_far)) from error
    if not is_whole:
        raise CannotRead(400, BROKEN, typed)
    if sum(len(values) for _, values in typed.data.lists()) > MOST_FIELDS:
        raise CannotRead(400, TOO_MANY_FIELDS, typed)
    return typed


def _is_whole(request: HttpRequest) -> bool:
    """Whether all of a form without files came; the one with files is counted as it is read."""
    if request.content_type != "application/x-www-form-urlencoded":
        return True
    return len(request.body) >= _length(request)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _bytes_of(data: QueryDict) -> int:
    return sum(len(value.encode()) for _, values in data.lists() for value in values)
