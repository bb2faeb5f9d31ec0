"""The columns of the list of items. None shows content."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intake.admin.finding.way_back import marked_row
from intake.admin.items.item_lines import (
    WAITING,
    Place,
    received_words,
    scope_tag,
    tags_html,
    target_words,
    way_words,
)
from intake.admin.writing.others_here import open_with_html
from intake.casework.deadlines.days_left import days_left
from intake.casework.deadlines.due_lists import DueLists
from intake.models import Submission

_LEFT = "_left"


@admin.display(description=_("编号"), ordering="number")
def number(item: Submission) -> SafeString:
    """The page of the item leads back to this very row."""
    words = item.display_number or WAITING
    return marked_row(item, words)


@admin.display(description=_("收件"), ordering="received_at")
def received(item: Submission) -> str:
    late = "（截止后）" if item.is_late else ""
    return f"{received_words(item)}{late}"


@admin.display(description=_("信访方式"))
def way(item: Submission) -> str:
    return way_words(item)


@admin.display(description=_("巡察对象"))
def target(item: Submission) -> str:
    return target_words(item)


@admin.display(description=_("类别"))
def category(item: Submission) -> str:
    return str(item.get_category_display()) if item.category else "没有选"


@admin.display(description=_("署名"))
def signature(item: Submission) -> str:
    return str(item.get_signature_display())


@admin.display(description=_("受理范围"))
def scope(item: Submission) -> SafeString:
    return scope_tag(item).html()


@admin.display(description=_("状态"), ordering="status")
def status(item: Submission) -> SafeString:
    return format_html("{}{}", tags_html(item, Place.LIST), open_with_html(item))


@admin.display(description=_("受理席"))
def desk(item: Submission) -> str:
    return str(item.desk)


@admin.display(description=_("期限"))
def left(item: Submission) -> SafeString:
    """Of a row that was marked; a narrow column breaks it before its working days alone."""
    days, bracket, working_days = getattr(item, _LEFT, "").partition("（")
    unbroken = "<span class='unbroken'>{}</span><wbr><span class='unbroken'>{}{}</span>"
    return format_html(unbroken, days, bracket, working_days)


def mark_what_is_left(items: Iterable[Submission], lists: DueLists, at: datetime) -> None:
    """Writes what is left of its clock to each row of a page; all are counted by one reading."""
    for item in items:
        setattr(item, _LEFT, days_left(item, lists, at))
