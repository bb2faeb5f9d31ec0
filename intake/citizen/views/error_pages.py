"""Pages for what went wrong, in plain Chinese. None of them asks the database anything.

Views that have read what was typed give it back themselves; here nothing of it is known.
"""

from collections.abc import Sequence

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from intake.citizen.pages.misaddressed import meant_by
from intake.report.evidence import LIMITS

NOT_SENT = (
    "如果您刚才在提交内容：没有提交成功，也没有留在我们这里。"
    "请按“返回”，写的内容多半还在，先抄下来再试。"
)
NOT_ON_THE_PAGE = (
    "如果地址里带着条件：这一页没有这样的条件。请回到列表，用页面上的筛选、查找和排序。"
)
NOT_SURE = (
    "如果您刚才在提交内容：没有看到查询码，就当作没有交上。"
    "请按“返回”，过一会儿再点“提交”；同一页再交一次，不会重复登记。"
)
TOO_LONG = ("要查的太多，等得太久，已经停下来了。请把条件缩小一些，或者过一会儿再试。",)
OUR_FAULT = "这是网站的问题，不是您的问题。请过一会儿再试，或者打公告上的电话。"
TITLES = {
    400: "这次请求读不懂",
    403: "这个页面不能看",
    404: "没有这个页面",
    405: "这样打不开",
    413: "内容太大，没有收下",
    500: "网站出了故障",
    503: "网站暂时不能受理",
}
WORDS = {
    400: ("可能是网络把内容传坏了，或者页面开得太久。",),
    403: ("您没有看这个页面的权限。",),
    404: ("地址可能抄错了，或者页面已经不在。请从公告首页重新进。",),
    413: (
        f"材料{LIMITS}。",
        "可以先只交文字，以后凭查询码补充材料；也可以把材料当面交给工作人员，或者寄到公告上的信箱。",
    ),
    500: (OUR_FAULT,),
    503: (OUR_FAULT,),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; and 413 for what Django refused to read because of its size."""
    too_big = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
    if isinstance(exception, too_big):
        return _page(request, 413, WORDS[413])
    is_staff = request.path.startswith("/admin/")
    return _page(request, 400, (*WORDS[400], NOT_ON_THE_PAGE) if is_staff else WORDS[400])


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, 403, WORDS[403])


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what is not there and for what is not yours.

    An address that was forwarded with its full stop leads to the page that it means.
    """
    if meant := meant_by(request):
        return redirect(meant)
    return _page(request, 404, WORDS[404])


def only_by_post(request: HttpRequest, words: str) -> HttpResponse:
    """405 for what a program asked for by GET; `words` say what a person can do instead."""
    response = _page(request, 405, [words])
    response.headers["Allow"] = "POST"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500, WORDS[500])


def unavailable(request: HttpRequest) -> HttpResponse:
    """503."""
    return _page(request, 503, WORDS[503])


def took_too_long(request: HttpRequest) -> HttpResponse:
    """503 for a page that the database was too long about."""
    return _page(request, 503, TOO_LONG)


def _page(request: HttpRequest, status: int, words: Sequence[str]) -> HttpResponse:
    if request.method == "POST" and not request.path.startswith("/admin/"):
        words = (*words, NOT_SURE if status >= 500 else NOT_SENT)
    context = {
        "title": TITLES[status],
        "words": words,
        "is_staff_address": request.path.startswith("/admin/"),
        "is_broken": status >= 500,
    }
    response = render(request, "error.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
