"""A long task's page: each POST does a slice and answers with how far it is.

A script sends the form again by itself (`intake/static/intake/stepping.js`); without it a button
does. A GET does nothing and goes on with nothing, so that the way to it is the way to pause.

    progress = work_for(step) if request.method == "POST" else how_far()
    return stepping_page.answer(request, Task(title, before, end, doing), progress)
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from intake.stepping.slices import Progress

TEMPLATE = "admin/stepping/task.html"


@dataclass(frozen=True, slots=True)
class Task:
    """What goes on: `explains` says what happens meanwhile and what a pause means.

    When it is over the page leads to `ends_at` and says `ended` there; `leads_back` is the page
    that it was begun from. `asks` are hidden fields that each slice is sent with.
    """

    title: str
    explains: str
    ends_at: str
    ended: str
    leads_back: str
    subtitle: str = ""
    asks: tuple[tuple[str, str], ...] = ()


def answer(
    request: HttpRequest, task: Task, progress: Progress, *, template: str = TEMPLATE, **more: Any
) -> HttpResponse:
    """The page of a slice, or the way to where the task ends.

    A `template` that extends this one says what is to be decided where it is stuck.
    """
    is_pressed = request.method == "POST"
    if is_pressed and progress.is_over:
        messages.success(request, task.ended)
        return redirect(task.ends_at)
    context = {
        **admin.site.each_context(request),
        "title": task.title,
        "subtitle": task.subtitle,
        "task": task,
        "progress": progress,
        "goes_on": is_pressed and not progress.is_stuck,
        "here": request.path,
        **more,
    }
    return TemplateResponse(request, template, context)
