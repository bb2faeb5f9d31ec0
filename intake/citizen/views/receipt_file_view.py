"""The receipt as a file: to take home, and to have checked."""

from datetime import UTC, datetime
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from inspection.wording import moment_words
from intake.arriving.decoding.kept_files import OversizedFile
from intake.citizen.adding import Found
from intake.citizen.incoming.taking import take
from intake.citizen.incoming.what_was_sent import CannotRead, FilesRefused, Typed, read
from intake.citizen.pages.kept_receipt import public_key, text_of
from intake.citizen.views.error_pages import only_by_post
from intake.citizen.views.receipt_view import ADDRESS, answer_code
from intake.report import receipt_files
from intake.report.receipt_files import NotGenuine, SignedByAnother, Verified

# Without the second name an old browser would call the file after the address.
ATTACHMENT = f"attachment; filename=\"receipt.txt\"; filename*=UTF-8''{quote(receipt_files.NAME)}"

COPY_IT = (
    "您用的程序保存不了文件。请按“返回”，展开“复制回执的文字”，复制下来；或者换手机自带的浏览器。"
)
NO_FILE = "请先选回执文件，或者贴上回执的文字，再点“核对”。"
TOO_LARGE = "太大了，不像是回执。请选保存下来的“回执.txt”，或者只贴回执的文字。"
BROKEN = "文件没有传完整，可能是网络中断了。请再选一次。"
TOO_MANY = "这一阵收到的文件太多了，请过十分钟再核对。"
NOT_OURS = "核对不过：这不是本站发出的回执，或者后来改动过。请选保存下来的原文件，再核对一次。"
OTHER_KEY = "核对不过：这份回执不是用本站现在的公钥签名的。请到发出它的网站核对。"


@csrf_exempt
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The code travels in the body of a POST, never in an address.

    Some browsers inside other programs ask for a download once more by GET.
    """
    if request.method != "POST":
        return only_by_post(request, COPY_IT)
    return take(request, _give, address=ADDRESS)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify_receipt_file(request: HttpRequest) -> HttpResponse:
    """Says whether a file is a receipt of this site, as it was given."""
    if request.method != "POST":
        return _verdict(request)
    try:
        content = _content(read(request))
    except (CannotRead, FilesRefused) as problem:
        is_much = isinstance(problem, FilesRefused)
        status = 429 if isinstance(problem, FilesRefused) else problem.status
        words = TOO_MANY if is_much else TOO_LARGE if status == 413 else BROKEN
        return _verdict(request, problem=words, status=status)
    if content is None:
        return _verdict(request, problem=NO_FILE, status=422)
    try:
        verified = receipt_files.verify(receipt_files.from_bytes(content), public_key())
    except SignedByAnother:
        return _verdict(request, problem=OTHER_KEY, status=422)
    except NotGenuine:
        return _verdict(request, problem=NOT_OURS, status=422)
    return _verdict(request, verified=verified)


def _give(request: HttpRequest, typed: Typed) -> HttpResponse:
    return answer_code(
        request, typed, lambda found, _: _download(found, typed.data.get("kept", ""))
    )


def _download(found: Found, kept: str) -> HttpResponse:
    response = HttpResponse(
        receipt_files.to_bytes(text_of(found, kept)), content_type="text/plain; charset=utf-8"
    )
    response.headers["Content-Disposition"] = ATTACHMENT
    response.headers["Cache-Control"] = "no-store"
    return response


def _content(typed: Typed) -> bytes | None:
    """The bytes of the chosen file, never more than one too many, else of the text that was pasted.

    None when there is neither.
    """
    file = typed.files.get("file")
    if file is None:
        pasted = typed.data.get("text", "").strip()[: receipt_files.LONGEST + 1]
        return pasted.encode() or None
    if isinstance(file, OversizedFile):
        return bytes(receipt_files.LONGEST + 1)
    return bytes(file.read(receipt_files.LONGEST + 1))


def _verdict(
    request: HttpRequest, *, verified: Verified | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "verified": verified,
        "moment": _to_the_second(verified.received_at) if verified else "",
        "problem": problem,
        "public_key": public_key(),
    }
    response = render(request, "intake/verify_receipt.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _to_the_second(at: datetime) -> str:
    """By the clocks that the receipt was written by."""
    return f"{moment_words(at, at.tzinfo or UTC)}:{at:%S}"
