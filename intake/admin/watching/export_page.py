"""导出: the events of the list as it is narrowed, as an xlsx made in memory."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from inspection.screen.asked import received_at
from intake import audit
from intake.admin.downloads import XLSX, saved_as
from intake.admin.items.list_filters import NO_ACTOR
from intake.admin.traces.event_objects import about_of, names_of
from intake.admin.who import member, zone_of
from intake.choices import Action
from intake.models import AuditEvent
from intake.papers.sheet_of_rows import Cell, sheet_of_rows

# What is made within a few seconds, in some ten megabytes of memory.
MOST_EVENTS = 10_000
ASKED = "asked"
TOO_MANY = "一次最多导出 {most} 条，这里不止。请先用“查找”把日期缩短，再导出。"
NOTHING = "没有可以导出的操作。"
COLUMNS = (
    ("序号", 10),
    ("时间", 20),
    ("操作人", 22),
    ("操作", 16),
    ("对象", 30),
    ("受理席", 26),
    ("说明", 60),
    ("本条指纹", 68),
)
_AT_ONCE = 500


def export_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """POST `asked`: what the list is asked for. The event is there before the bytes leave."""
    asked = request.POST.get(ASKED, "").removeprefix("?")
    events = _listed(request, asked)
    # Whether there are more is known without counting them.
    count = events.order_by()[: MOST_EVENTS + 1].count()
    if not 0 < count <= MOST_EVENTS:
        words = TOO_MANY.format(most=MOST_EVENTS) if count else NOTHING
        messages.warning(request, words)
        return redirect(f"{reverse('admin:intake_auditevent_changelist')}?{asked}")
    rows = list(_rows(request, events.iterator(_AT_ONCE)))
    whole, at = sheet_of_rows("操作留痕", COLUMNS, rows), received_at(request)
    with transaction.atomic():
        digest = audit.fingerprint(whole)
        said: dict[str, Any] = {"exported": len(rows), "file_digest": digest}
        audit.record(Action.EXPORT_EVENTS, by=member(request), at=at, **said)
    name = f"audit-{at.astimezone(zone_of(request)):%Y%m%d-%H%M}.xlsx"
    return saved_as(name, HttpResponse(whole, content_type=XLSX))


def _listed(request: HttpRequest, asked: str) -> Any:
    """The rows of the list itself, so that it and the file never differ. Raises NotOffered."""
    page: Any = admin.site.get_model_admin(AuditEvent)
    return page.list_asked(request, asked).queryset.order_by("-sequence")


def _rows(request: HttpRequest, events: Iterator[AuditEvent]) -> Iterator[list[Cell]]:
    zone = zone_of(request)
    while some := list(islice(events, _AT_ONCE)):
        names = names_of(some)
        for event in some:
            details = "；".join(f"{words}：{value}" for words, value in audit.details_of(event))
            yield [
                event.sequence,
                event.at.astimezone(zone).replace(tzinfo=None),
                event.actor.told_apart if event.actor else NO_ACTOR,
                str(event.get_action_display()),
                about_of(event, names),
                str(event.desk or ""),
                details,
                event.digest,
            ]
