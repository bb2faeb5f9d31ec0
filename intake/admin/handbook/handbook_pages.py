"""操作手册: its contents, its pages and its pictures, for every member of staff."""

from functools import partial

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from intake.admin.handbook.rendering import PICTURES_FOLDER, html_of, read
from intake.admin.handbook.task import Chapter, Task
from intake.admin.handbook.task_table import CHAPTERS, PICTURES, TASKS, task_of
from intake.admin.who import member
from intake.models import StaffUser

# The one address that shows a page of its own for each way of coming in.
_BY_WAY = "intake_submission_add"


def addresses(site: admin.AdminSite) -> list[URLPattern]:
    """How each task is done, for whoever is in."""
    wrap = site.admin_view
    contents, task = partial(contents_view, site=site), partial(task_view, site=site)
    return [
        path("handbook/", wrap(contents), name="handbook"),
        path("handbook/<slug:slug>/", wrap(task), name="handbook_task"),
        path("handbook/pictures/<slug:picture>.png", wrap(picture_view), name="handbook_picture"),
    ]


@require_safe
def contents_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """The tasks of the own role first, then everybody else's."""
    user = member(request)
    context = {
        **site.each_context(request),
        "title": "操作手册",
        "own": _parts(user, are_own=True),
        "others": _parts(user, are_own=False),
    }
    return TemplateResponse(request, "admin/handbook/contents.html", context)


@require_safe
def task_view(request: HttpRequest, site: admin.AdminSite, slug: str) -> HttpResponse:
    """How one task is done."""
    task = TASKS.get(slug)
    if task is None:
        raise Http404
    html = html_of(
        read(slug),
        page_address=lambda other: reverse("admin:handbook_task", args=[other]),
        picture_address=lambda name: reverse("admin:handbook_picture", args=[name]),
    )
    [chapter] = [one for one in CHAPTERS if task in one.tasks]
    context = {
        **site.each_context(request),
        "title": task.title,
        "task": task,
        "chapter": chapter,
        "page": html,
    }
    return TemplateResponse(request, "admin/handbook/task.html", context)


@require_safe
def picture_view(request: HttpRequest, picture: str) -> FileResponse:
    """One of the pictures that the table names, and no other file."""
    if picture not in PICTURES:
        raise Http404
    response = FileResponse(
        (PICTURES_FOLDER / f"{picture}.png").open("rb"), content_type="image/png"
    )
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def how_to(request: HttpRequest) -> Task | None:
    """The task that belongs to the page that is asked for."""
    match = request.resolver_match
    if match is None or match.url_name is None:
        return None
    way = request.POST.get("way") or request.GET.get("way") if match.url_name == _BY_WAY else ""
    return task_of(match.url_name, way or "")


def _parts(user: StaffUser, *, are_own: bool) -> list[Chapter]:
    """The chapters with what is the member's own task in them, or with the rest."""
    parts = [
        Chapter(one.title, tuple(task for task in one.tasks if _is_own(task, user) is are_own))
        for one in CHAPTERS
    ]
    return [part for part in parts if part.tasks]


def _is_own(task: Task, user: StaffUser) -> bool:
    return task.is_everybodys or any(user.may(deed) for deed in task.deeds)
