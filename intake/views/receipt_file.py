"""The receipt as a file: to take home, and to have checked."""

from datetime import UTC, datetime
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from inspection.wording import moment_words
from intake import receipt_files
from intake.receipt_files import NotGenuine, SignedByAnother, Verified
from intake.submitting import Found
from intake.uploads import OversizedFile
from intake.views.reading import CannotRead, Typed, read
from intake.views.receipt import ADDRESS, answer_code
from intake.views.taking import take

# Without the second name an old browser would call the file after the address.
ATTACHMENT = f"attachment; filename=\"receipt.txt\"; filename*=UTF-8''{quote(receipt_files.NAME)}"

NO_FILE = "请先选回执文件，再点“核对”。"
BROKEN = "文件没有传完整，可能是网络中断了。请再选一次。"
NOT_OURS = "核对不过：这不是本站发出的回执，或者后来改动过。请选保存下来的原文件，再核对一次。"
OTHER_KEY = "核对不过：这份回执不是用本站现在的公钥签名的。请到发出它的网站核对。"


@csrf_exempt
@require_POST
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The code travels in the body of a POST, never in an address."""
    return take(request, _give, address=ADDRESS)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify_receipt_file(request: HttpRequest) -> HttpResponse:
    """Says whether a file is a receipt of this site, as it was given."""
    if request.method != "POST":
        return _verdict(request)
    try:
        content = _content(read(request))
    except CannotRead as problem:
        return _verdict(request, problem=BROKEN, status=problem.status)
    if content is None:
        return _verdict(request, problem=NO_FILE, status=422)
    try:
        verified = receipt_files.verify(receipt_files.from_bytes(content), _public_key())
    except SignedByAnother:
        return _verdict(request, problem=OTHER_KEY, status=422)
    except NotGenuine:
        return _verdict(request, problem=NOT_OURS, status=422)
    return _verdict(request, verified=verified)


def _give(request: HttpRequest, typed: Typed) -> HttpResponse:
    return answer_code(request, typed, lambda found, _: _download(found))


def _download(found: Found) -> HttpResponse:
    text = receipt_files.make(
        round_title=found.round.title,
        received_at=found.received_at,
        zone=found.round.zone,
        digest=found.digest,
        seed=settings.RECEIPT_SIGNING_KEY,
    )
    response = HttpResponse(receipt_files.to_bytes(text), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = ATTACHMENT
    response.headers["Cache-Control"] = "no-store"
    return response


def _content(typed: Typed) -> bytes | None:
    """The bytes of the chosen file, never more than one too many; None when none was chosen."""
    file = typed.files.get("file")
    if file is None:
        return None
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
        "public_key": _public_key(),
    }
    response = render(request, "intake/verify_receipt.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _to_the_second(at: datetime) -> str:
    """By the clocks that the receipt was written by."""
    return f"{moment_words(at, at.tzinfo or UTC)}:{at:%S}"


def _public_key() -> str:
    return receipt_files.public_key(settings.RECEIPT_SIGNING_KEY)
