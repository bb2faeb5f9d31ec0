"""Pages for what went wrong, in plain Chinese."""

from django.http import HttpRequest, HttpResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers a staff form whose token is missing or old."""
    return HttpResponse("页面已经过期，请返回后刷新再试。", status=403)
