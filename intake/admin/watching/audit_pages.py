"""The pages beside the audit's list: one table, from which addresses, links and guard are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from intake.access import Deed
from intake.admin.link_targets import only_post
from intake.admin.traces.find_events import find_view
from intake.admin.watching.check_pages import check_view, checking_view
from intake.admin.watching.export_page import export_view
from intake.admin.watching.heads_page import heads_view
from intake.admin.watching.pattern_page import patterns_view
from intake.admin.watching.readers_page import readers_view
from intake.admin.who import member

# Request, and what stands on every one of these pages.
View = Callable[[HttpRequest, dict[str, Any]], HttpResponse]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`label` is the link to it; '' where no link leads to it."""

    name: str
    label: str
    view: View
    takes_post: bool = False
    only_post: bool = False

    @property
    def url_name(self) -> str:
        return f"intake_auditevent_{self.name}"

    @property
    def methods(self) -> list[str]:
        """Nothing but a press, or what a link asks too."""
        if self.only_post:
            return ["POST"]
        return ["GET", "HEAD", *(["POST"] if self.takes_post else [])]


@dataclass(frozen=True, slots=True)
class Way:
    """A link to one of the pages."""

    label: str
    url: str
    is_current: bool


AUDIT_PAGES: tuple[AuditPage, ...] = (
    AuditPage("find", "查找", find_view),
    AuditPage("patterns", "不寻常的情况", patterns_view),
    AuditPage("readers", "谁看过什么", readers_view),
    AuditPage("heads", "链尾指纹", heads_view, takes_post=True),
    AuditPage("checking", "", checking_view, takes_post=True),
    AuditPage("check", "检查留痕", check_view, takes_post=True),
    AuditPage("export", "", export_view, only_post=True),
)


def addresses_of_pages(site: admin.AdminSite) -> list[URLPattern]:
    """Below the list of events."""
    return [
        path(f"{page.name}/", site.admin_view(_guarded(page, site)), name=page.url_name)
        for page in AUDIT_PAGES
    ]


def ways(request: HttpRequest) -> list[Way]:
    """The list, and each page that stands beside it."""
    places = {"全部操作": "admin:intake_auditevent_changelist"}
    places |= {page.label: f"admin:{page.url_name}" for page in AUDIT_PAGES if page.label}
    urls = {label: reverse(name) for label, name in places.items()}
    return [Way(label, url, url == request.path) for label, url in urls.items()]


def _guarded(page: AuditPage, site: admin.AdminSite) -> Callable[..., HttpResponse]:
    @require_http_methods(page.methods)
    def answer(request: HttpRequest) -> HttpResponse:
        if not member(request).may(Deed.READ_AUDIT):
            raise PermissionDenied
        return page.view(request, {**site.each_context(request), "ways": ways(request)})

    return only_post(answer) if page.only_post else answer
