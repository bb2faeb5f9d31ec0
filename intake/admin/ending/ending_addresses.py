"""The addresses of a round's end; what answers them is imported once the models are ready."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from intake.admin.link_targets import only_post

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite


def addresses(site: "AdminSite") -> list[URLPattern]:
    """All under `ending/`; `round_id` is one of the own rounds."""
    view, lists = site.admin_view, "ending/<int:round_id>/appraisals/"
    return [
        path("ending/", view(_rounds(site)), name="ending"),
        path("ending/<int:round_id>/", view(_round(site)), name="ending_round"),
        path("ending/<int:round_id>/archive/", view(_archive), name="ending_archive"),
        path("ending/<int:round_id>/purge/", view(_purge), name="ending_purge"),
        path(lists, view(_appraisals(site)), name="ending_appraisals"),
        path(f"{lists}<int:appraisal_id>/", view(_appraisal(site)), name="ending_appraisal"),
        path("ending/<int:round_id>/destroyed/", view(_destroyed(site)), name="ending_destroyed"),
        path("ending/<int:round_id>/take/", view(only_post(_take)), name="ending_take"),
    ]


def _rounds(site: "AdminSite") -> Callable[[HttpRequest], HttpResponse]:
    def rounds(request: HttpRequest) -> HttpResponse:
        from intake.admin.ending import ending_page

        return ending_page.rounds_view(request, site)

    return rounds


def _round(site: "AdminSite") -> Callable[..., HttpResponse]:
    def one_round(request: HttpRequest, round_id: int) -> HttpResponse:
        from intake.admin.ending import ending_page

        return ending_page.round_view(request, round_id, site)

    return one_round


def _appraisals(site: "AdminSite") -> Callable[..., HttpResponse]:
    def lists(request: HttpRequest, round_id: int) -> HttpResponse:
        from intake.admin.ending import appraisal_pages

        return appraisal_pages.appraisals_view(request, round_id, site)

    return lists


def _appraisal(site: "AdminSite") -> Callable[..., HttpResponse]:
    def one_list(request: HttpRequest, round_id: int, appraisal_id: int) -> HttpResponse:
        from intake.admin.ending import appraisal_pages

        return appraisal_pages.appraisal_view(request, round_id, appraisal_id, site)

    return one_list


def _destroyed(site: "AdminSite") -> Callable[..., HttpResponse]:
    def destroyed(request: HttpRequest, round_id: int) -> HttpResponse:
        from intake.admin.ending import destroyed_page

        return destroyed_page.destroyed_view(request, round_id, site)

    return destroyed


def _archive(request: HttpRequest, round_id: int) -> HttpResponse:
    from intake.admin.ending import ending_tasks

    return ending_tasks.archive_view(request, round_id)


def _purge(request: HttpRequest, round_id: int) -> HttpResponse:
    from intake.admin.ending import ending_tasks

    return ending_tasks.purge_view(request, round_id)


def _take(request: HttpRequest, round_id: int) -> HttpResponse:
    from intake.admin.ending import ending_tasks

    return ending_tasks.download_view(request, round_id)
