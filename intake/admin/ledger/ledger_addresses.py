"""The addresses of 信访台账."""

from functools import partial

from django.contrib import admin
from django.urls import URLPattern, path

from intake.admin.ledger import ledger_page, run_pages
from intake.admin.link_targets import only_post


def ledger_addresses(site: admin.AdminSite) -> list[URLPattern]:
    """The choice, the question before the complete edition, the print, and what goes on."""
    wrap = site.admin_view
    complete = partial(ledger_page.complete_view, site=site)
    printed = only_post(partial(ledger_page.print_view, site=site))
    progress, stop = run_pages.progress_view, only_post(run_pages.stop_view)
    return [
        path("ledger/", wrap(partial(ledger_page.ledger_view, site=site)), name="ledger"),
        path("ledger/complete/", wrap(complete), name="ledger_complete"),
        path("ledger/print/", wrap(printed), name="ledger_print"),
        path("ledger/progress/", wrap(progress), name="ledger_progress"),
        path("ledger/stop/", wrap(stop), name="ledger_stop"),
    ]
