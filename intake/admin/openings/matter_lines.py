"""A sealed matter as its list and its own page show it: all that the platform knows of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest

from intake.admin.items.item_lines import Tag, moment
from intake.admin.who import calendar_of, once
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.sealed.sealed_matters import DueDays
from intake.models import SealedMatter

SOON = timedelta(days=3)
UNKNOWN = "未知（缺少当年的工作日安排）"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of it."""

    label: str
    value: str


def due_days(request: HttpRequest) -> DueDays:
    """Rule and calendar, read once a request, however often Django asks for the list's columns."""
    return once(request, "matter_days", lambda: DueDays(RuleBook.read(calendar_of(request))))


def due_tag(matter: SealedMatter, days: DueDays, at: datetime) -> Tag:
    """Whether it has gone up, and if not, by when it must."""
    last = days.of(matter)
    if matter.sent_on is not None:
        if matter.second_signed_by_id is None:
            return Tag("等见证人签名", "soon")
        if last is not None and matter.sent_on > last:
            return Tag("已上送，超期", "plain")
        return Tag("已上送", "fine")
    return tag_before(last, at.astimezone(matter.round.zone).date())


def tag_before(last: date | None, today: date) -> Tag:
    """Of what still lies here."""
    if last is None:
        return Tag("期限未知", "soon")
    if today > last:
        return Tag("超期没有上送", "late")
    return Tag(f"{last:%m-%d} 以前上送", "late" if last - today <= SOON else "soon")


def facts_of(matter: SealedMatter, days: DueDays) -> list[Fact]:
    """Number, dates, keeper and signatures; there is nothing else."""
    last, zone = days.of(matter), matter.round.zone
    return [
        Fact("编号", str(matter)),
        Fact("轮次", matter.round.title),
        Fact("收件日期", f"{matter.received_on:%Y-%m-%d}"),
        Fact("登记时间", moment(matter.recorded_at, zone)),
        Fact("保管人", str(matter.keeper)),
        Fact("最迟上送", f"{last:%Y-%m-%d}" if last else UNKNOWN),
        Fact("上送日期", f"{matter.sent_on:%Y-%m-%d}" if matter.sent_on else "还没有上送"),
        Fact("送出人签名", str(matter.first_signed_by or "还没有签")),
        Fact("见证人签名", str(matter.second_signed_by or "还没有签")),
    ]
