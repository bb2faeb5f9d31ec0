"""The staff's own admin site."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from intake.admin.ending import ending_addresses
from intake.admin.finding.finding_addresses import finding_addresses
from intake.admin.link_targets import only_post
from intake.admin.start.start_and_frame import StaffPages


class StaffSite(StaffPages):
    """Django's admin for the staff of an inspection office: in with a second factor only.

    The app registry asks for this module before the models are ready, so that what needs them
    is imported where it is used.
    """

    site_title = _("巡察信访")
    site_header = _("巡察信访办理")
    index_title = _("办理")

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff with an own password, whose session proved the second factor."""
        user = request.user
        is_verified = getattr(user, "otp_device", None) is not None
        is_own = getattr(user, "has_own_password", False)
        return bool(user.is_active and user.is_staff and is_own and is_verified)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from intake.admin.login.session_time import end_of

        context = super().each_context(request)
        end = end_of(request) if context["has_permission"] else None
        return {**context, "session_end": end}

    def get_urls(self) -> list[URLResolver | URLPattern]:
        from intake.admin.ledger.ledger_addresses import ledger_addresses

        return [
            *ledger_addresses(self),
            path("login/password/", self.choose_password, name="choose_password"),
            path("login/enrol/", self.enrol, name="enrol"),
            path("login/stay/", self.admin_view(self.stay), name="stay"),
            path("logins/", self.admin_view(self.own_logins), name="own_logins"),
            path("written/<str:place>/", self.admin_view(self.written), name="written"),
            *finding_addresses(self),
            path("statistics/", self.admin_view(self.statistics), name="statistics"),
            path("papers/", self.admin_view(self.office_papers), name="papers"),
            path("preview/", self.admin_view(self.notice_preview), name="preview"),
            path(
                "papers/<slug:name>/",
                self.admin_view(self.register_paper),
                name="register_paper",
            ),
            *ending_addresses.addresses(self),
            *super().get_urls(),
        ]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """What is pressed in vain is said to be in vain, and what was typed is given back."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            from intake.admin import not_done
            from intake.admin.writing import written_page
            from intake.staff.hashing import TryAgain

            is_out = request.path == reverse("admin:logout")
            if request.method == "POST" and not self.has_permission(request) and not is_out:
                return not_done.session_ended(request)
            try:
                response = inner(request, *args, **kwargs)
            except TryAgain as crowd:
                return not_done.in_a_crowd(request, crowd)
            if request.method == "POST" and not is_out:
                written_page.forget_what_was_taken(request, response)
            return response

        return guarded

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        from intake.admin.login import login_page

        return login_page.log_in(request, self.each_context(request) | (extra_context or {}))

    def choose_password(self, request: HttpRequest) -> HttpResponse:
        """The only page that a password set by somebody else opens."""
        from intake.admin.login import choosing_password, login_page

        return choosing_password.choose(request, self.each_context(request), login_page.go_on)

    def enrol(self, request: HttpRequest) -> HttpResponse:
        """The first login's second page."""
        from intake.admin.login import enrolment

        return enrolment.enrol(request, self.each_context(request))

    def stay(self, request: HttpRequest) -> HttpResponse:
        """Makes the session longer, for a page that is being filled in."""
        from intake.admin.login import session_time

        return session_time.stay(request)

    def written(self, request: HttpRequest, place: str) -> HttpResponse:
        """Keeps what a member is typing."""
        from intake.admin.writing import written_page

        return written_page.keep_view(request, place)

    def own_logins(self, request: HttpRequest) -> HttpResponse:
        """When the member came in last, for everybody."""
        from intake.admin.login import own_logins_page

        return own_logins_page.own_logins_view(request, self.each_context(request))

    def statistics(self, request: HttpRequest) -> HttpResponse:
        """The figures of a round."""
        from intake.admin.statistics import statistics_page

        return statistics_page.statistics_view(request, self)

    def office_papers(self, request: HttpRequest) -> HttpResponse:
        """Papers checked, and the office's registers."""
        from intake.admin.printing import office_papers

        return office_papers.office_view(request, self)

    def notice_preview(self, request: HttpRequest) -> HttpResponse:
        """A published text read, looked at and loaded."""
        from intake.admin.previewing import preview_page

        return preview_page.preview_view(request, self)

    @method_decorator(only_post)
    def register_paper(self, request: HttpRequest, name: str) -> HttpResponse:
        """A register as a paper."""
        from intake.admin.printing import office_papers

        return office_papers.register_view(request, name)

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        from intake.admin.login import login_page

        return login_page.log_out(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        from intake.admin.login import password_pages

        return password_pages.change(request, self.each_context(request) | (extra_context or {}))

    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        from intake.admin.login import password_pages

        return password_pages.changed(request, self.each_context(request) | (extra_context or {}))
