"""Every address of the site."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from intake.citizen.views.ahead_view import ahead
from intake.citizen.views.health import healthz
from intake.citizen.views.paper_form import paper_form
from intake.citizen.views.privacy import privacy
from intake.citizen.views.receipt_file_view import receipt_file, verify_receipt_file
from intake.citizen.views.receipt_view import add_to_report, receipt
from intake.citizen.views.report_view import report


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that read no link ask here for the icon."""
    return redirect(static("inspection/favicon.svg"), permanent=True)


urlpatterns = [
    path("", include("inspection.urls")),
    path("report/", report, name="report"),
    path("report/parts/", ahead, name="ahead"),
    path("report/paper/", paper_form, name="paper-form"),
    path("receipt/", receipt, name="receipt"),
    path("receipt/supplement/", add_to_report, name="supplement"),
    path("receipt/file/", receipt_file, name="receipt_file"),
    path("receipt/verify/", verify_receipt_file, name="verify_receipt_file"),
    path("privacy/", privacy, name="privacy"),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
    path("admin/", admin.site.urls),
]

handler400 = "intake.citizen.views.error_pages.bad_request"
handler403 = "intake.citizen.views.error_pages.forbidden"
handler404 = "intake.citizen.views.error_pages.not_found"
handler500 = "intake.citizen.views.error_pages.failed"
