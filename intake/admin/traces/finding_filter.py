"""The events that a finding counts, as a filter of the list: what leads here is only followed."""

import re
from collections.abc import Iterable, Mapping
from functools import partial

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from intake.admin.items.list_filters import Choice, TableFilter, list_address
from intake.admin.traces.event_filters import read_day
from intake.admin.traces.event_objects import About, is_named, names_of_rows
from intake.admin.who import calendar_of, zone_of
from intake.audit.watching.days_asked import MOST_DAYS, Days
from intake.audit.watching.patterns import NOBODY, PATTERN_OF, Pattern, Within
from intake.models import AuditEvent

NO_ACCOUNT = "没有这个账号的登录"
_WRITTEN = re.compile(r"([a-z_]+)~([0-9a-f-]*)~([0-9-]{10})~([0-9-]{10})", re.ASCII)


class FindingFilter(TableFilter):
    """'nights~12~2025-04-09~2025-04-15'; without a subject, what all such findings count."""

    title = _("不寻常")
    parameter_name = "finding"

    def choices_for(self, request: HttpRequest) -> Mapping[str, Choice]:
        asked = request.GET.get(self.parameter_name, "")
        read = _read(request, asked)
        if read is None:
            return {}
        pattern, subject, days = read
        words = f"{pattern.title} {days.since} 到 {days.until}"
        if subject:
            about = (pattern.subjects, subject)
            words = f"{words}：{subject_words([about])[about]}"
        within = Within(days, calendar_of(request))
        return {asked: Choice(words, partial(pattern.events_of, within, subject))}


def finding_address(pattern: Pattern, subject: str, days: Days) -> str:
    """The list of what one finding counts."""
    value = f"{pattern.name}~{subject}~{days.since}~{days.until}"
    return f"{list_address(AuditEvent)}?{urlencode({FindingFilter.parameter_name: value})}"


def subject_words(subjects: Iterable[About]) -> dict[About, str]:
    """As staff call the subjects of findings, by kind and key."""
    some = set(subjects)
    named = names_of_rows(one for one in some if one[1] != NOBODY)
    return named | {one: NO_ACCOUNT for one in some if one[1] == NOBODY}


def _read(request: HttpRequest, asked: str) -> tuple[Pattern, str, Days] | None:
    written = _WRITTEN.fullmatch(asked)
    pattern = PATTERN_OF.get(written[1]) if written else None
    if written is None or pattern is None:
        return None
    subject, since, until = written[2], read_day(written[3]), read_day(written[4])
    if since is None or until is None or not 0 <= (until - since).days < MOST_DAYS:
        return None
    if subject not in ("", NOBODY) and not is_named(pattern.subjects, subject):
        return None
    return pattern, subject, Days(since, until, zone_of(request))
