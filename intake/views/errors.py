"""Pages for what went wrong, in plain Chinese. None of them asks the database anything.

Django calls `bad_request`, `forbidden`, `not_found` and `failed`; views call `not_sent` to give
back what was typed.
"""

from collections.abc import Sequence

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

KEPT_HERE = "没有提交成功，您写的内容还在这个页面上，没有丢。请先抄下来，过一会儿再交。"
NOT_SENT = (
    "如果您刚才在提交内容：没有提交成功，也没有留在我们这里。"
    "请按“返回”，写的内容多半还在，先抄下来再试。"
)
NOT_SURE = (
    "如果您刚才在提交内容：没有看到查询码，就当作没有交上。"
    "请按“返回”，过一会儿再点“提交”；同一页再交一次，不会重复登记。"
)
OUR_FAULT = "这是网站的问题，不是您的问题。请过一会儿再试，或者打公告上的电话。"
TITLES = {
    400: "这次请求读不懂",
    403: "这个页面不能看",
    404: "没有这个页面",
    405: "这个页面不能这样打开",
    413: "内容太大，没有收下",
    429: "提交得太快了",
    500: "网站出了故障",
    503: "网站暂时不能受理",
}
WORDS = {
    400: ("可能是网络把内容传坏了，或者页面开得太久。",),
    403: ("您没有看这个页面的权限，或者页面已经过期。请返回后刷新再试。",),
    404: ("地址可能抄错了，或者页面已经不在。请从公告首页重新进。",),
    405: ("请从公告首页重新进。",),
    413: (
        "材料最多 9 个，每个不超过 10 MB，一共不超过 30 MB。",
        "可以先只交文字，以后凭查询码补充材料；也可以把材料寄到公告上的信箱。",
    ),
    429: ("为防止有人捣乱，同一个网络短时间内能提交的次数有限。请过十分钟再试。",),
    500: (OUR_FAULT,),
    503: (OUR_FAULT,),
}


def not_sent(
    request: HttpRequest, status: int, *, narrative: str = "", words: Sequence[str] = ()
) -> HttpResponse:
    """A report was not taken: says why (`words`, else the usual) and gives its text back."""
    return _page(request, status, words or WORDS[status], narrative=narrative)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; and 413 for what Django refused to read because of its size."""
    too_big = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
    if isinstance(exception, too_big):
        return not_sent(request, 413)
    return _page(request, 400, WORDS[400])


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, 403, WORDS[403])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a staff form whose token is missing or old."""
    return forbidden(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what is not there and for what is not yours."""
    return _page(request, 404, WORDS[404])


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500, WORDS[500])


def unavailable(request: HttpRequest) -> HttpResponse:
    """503."""
    return _page(request, 503, WORDS[503])


def _page(
    request: HttpRequest, status: int, words: Sequence[str], *, narrative: str = ""
) -> HttpResponse:
    if request.method == "POST" and not request.path.startswith("/admin/"):
        unsaid = NOT_SURE if status >= 500 else NOT_SENT
        words = (KEPT_HERE if narrative else unsaid, *words)
    context = {
        "title": TITLES[status],
        "words": words,
        "narrative": narrative,
        "is_staff_address": request.path.startswith("/admin/"),
        "is_broken": status >= 500,
    }
    response = render(request, "error.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
