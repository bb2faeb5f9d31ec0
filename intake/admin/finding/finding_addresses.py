"""The addresses of finding that belong to no list: searching inside, and what a clerk has saved.

What needs the models is imported where it is used, as in `site`.
"""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from intake.admin.link_targets import only_post


def finding_addresses(site: AdminSite) -> list[URLPattern]:
    def search(request: HttpRequest) -> HttpResponseBase:
        """Inside of sealed items."""
        from intake.admin.finding import search_page

        return search_page.search_view(request, site)

    @only_post
    def stop_search(request: HttpRequest) -> HttpResponse:
        """Ends the member's own search."""
        from intake.admin.finding import search_page

        return search_page.stop_view(request)

    return [
        path("search/", site.admin_view(search), name="search"),
        path("search/stop/", site.admin_view(stop_search), name="search_stop"),
        *_filter_addresses(site),
    ]


def _filter_addresses(site: AdminSite) -> list[URLPattern]:
    def saved(request: HttpRequest) -> HttpResponse:
        """The own filters."""
        from intake.admin.finding import filters_page

        return filters_page.filters_view(request, site)

    def apply(request: HttpRequest, filter_id: str) -> HttpResponse:
        """To the list as it was kept."""
        from intake.admin.finding import filters_page

        return filters_page.apply_view(request, filter_id)

    @only_post
    def rename(request: HttpRequest, filter_id: str) -> HttpResponse:
        """Under another name."""
        from intake.admin.finding import filters_page

        return filters_page.rename_view(request, site, filter_id)

    @only_post
    def delete(request: HttpRequest, filter_id: str) -> HttpResponse:
        """Not kept any more."""
        from intake.admin.finding import filters_page

        return filters_page.delete_view(request, filter_id)

    one = "filters/<slug:filter_id>/"
    return [
        path("filters/", site.admin_view(saved), name="filters"),
        path(one, site.admin_view(apply), name="filter_apply"),
        path(f"{one}rename/", site.admin_view(rename), name="filter_rename"),
        path(f"{one}delete/", site.admin_view(delete), name="filter_delete"),
    ]
