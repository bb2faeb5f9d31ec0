"""What an audit event is about, in the words by which staff know it: 编号, user name, box number.

Names of a whole page of events cost one query a kind of row, never one an event. Nothing that a
reporter or clerk wrote stands in them, for the auditor reads them too.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from inspection import models as notice
from intake import audit
from intake.admin.items.item_lines import moment
from intake.casework.search.search_terms import read_item_number
from intake.choices import NumberSeries
from intake.models import (
    AuditEvent,
    BoxOpening,
    DeadlineRule,
    Desk,
    Problem,
    Receiver,
    RetentionClass,
    SealedMatter,
    StaffUser,
    Submission,
    TransferList,
)

GONE = "（已经不在）"
# More rows than this are no answer to a search.
MOST_FOUND = 200
_NAMED_AT_SIGHT = ("submission", "staffuser")
# No database has a larger number.
_MOST_KEY = 2**63
_BOX = re.compile(r"(?:举报|舉報)?(?:信|意见)?箱")

# Type and id of a row, as an event names it.
About = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """How the rows of one kind are named, and which of them some words mean."""

    rows: Callable[[], QuerySet[Any]]
    words: Callable[[Any], str] = str
    meant: Callable[[str], Q | None] = lambda words: None


def _item_words(item: Any) -> str:
    """'8-0157'; before it has a number, when it came in."""
    received = f"待登记，{moment(item.received_at, item.round.zone)} 收件"
    return str(item.display_number) or received


def _number_meant(words: str) -> Q | None:
    meant = read_item_number(words)
    if meant.number is None:
        return None
    # Numbers are indexed by round, and there are few rounds.
    rounds = notice.Round.objects.values("pk")
    if meant.ordinal is not None:
        rounds = rounds.filter(Q(ordinal=meant.ordinal) | Q(ordinal=None, pk=meant.ordinal))
    found = Q(round__in=rounds, number=meant.number)
    return found & Q(number_series=NumberSeries.HEAD) if meant.is_heads else found


def _box_meant(words: str) -> Q | None:
    meant = read_item_number(_BOX.sub("", words))
    return None if meant.number is None or meant.ordinal is not None else Q(number=meant.number)


def _items() -> QuerySet[Any]:
    shown = ("number", "number_series", "received_at", "round__ordinal", "round__time_zone")
    return Submission.objects.select_related("round").only(*shown)


NAMED: dict[str, Named] = {
    "submission": Named(_items, _item_words, _number_meant),
    "staffuser": Named(
        StaffUser.objects.all,
        lambda user: user.told_apart,
        lambda words: Q(username__icontains=words) | Q(full_name__icontains=words),
    ),
    "desk": Named(lambda: Desk.objects.select_related("team")),
    "dropbox": Named(notice.DropBox.objects.all, meant=_box_meant),
    "boxopening": Named(lambda: BoxOpening.objects.select_related("drop_box", "round")),
    "sealedmatter": Named(SealedMatter.objects.all),
    "round": Named(lambda: notice.Round.objects.defer("source_text", "findings")),
    "team": Named(notice.Team.objects.all, meant=lambda words: Q(name__icontains=words)),
    "target": Named(notice.Target.objects.all, meant=lambda words: Q(name__icontains=words)),
    "contactpoint": Named(notice.ContactPoint.objects.all),
    "focustopic": Named(notice.FocusTopic.objects.all),
    "deadlinerule": Named(DeadlineRule.objects.all),
    "receiver": Named(Receiver.objects.all),
    "transferlist": Named(TransferList.objects.all),
    "problem": Named(lambda: Problem.objects.select_related("parent")),
    "retentionclass": Named(RetentionClass.objects.all),
    "workcalendarday": Named(notice.WorkCalendarDay.objects.all),
}


def names_of(events: Iterable[AuditEvent]) -> dict[About, str]:
    """'信访件 8-0157', by type and id, for everything that these events are about."""
    return names_of_rows((one.object_type, one.object_id) for one in events if one.object_type)


def names_of_rows(rows: Iterable[About]) -> dict[About, str]:
    """The same, of rows by type and id."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, key in rows:
        wanted[kind].add(key)
    names: dict[About, str] = {}
    for kind, keys in wanted.items():
        found = _names_of_kind(kind, keys)
        label = audit.OBJECTS.get(kind, kind)
        names |= {(kind, key): f"{label} {found.get(key, GONE)}" for key in keys}
    return names


def short_names_of(events: Collection[AuditEvent]) -> dict[About, str]:
    """Names of items and members, and of all else its kind alone: two queries at most."""
    abouts = [(one.object_type, one.object_id) for one in events]
    kinds = {about: audit.OBJECTS.get(about[0], about[0]) for about in abouts}
    return kinds | names_of(one for one in events if one.object_type in _NAMED_AT_SIGHT)


def about_of(event: AuditEvent, names: dict[About, str]) -> str:
    """The name of what one event is about; '' for what is about no row."""
    return names.get((event.object_type, event.object_id), "")


def meant_by(words: str) -> Q:
    """Events about what somebody calls by these words: '8-0157', '23号箱', a user's name."""
    said = unicodedata.normalize("NFKC", words).strip()
    found = Q(pk__in=())
    for kind, named in NAMED.items():
        meant = named.meant(said) if said else None
        if meant is not None:
            keys = named.rows().filter(meant).order_by().values_list("pk", flat=True)
            ids = [str(key) for key in keys[:MOST_FOUND]]
            found |= Q(object_type=kind, object_id__in=ids)
    return found


def _names_of_kind(kind: str, keys: set[str]) -> dict[str, str]:
    named = NAMED.get(kind)
    if named is None:
        return {}
    rows = named.rows()
    possible = [key for key in keys if _is_key_of(rows.model, key)]
    return {str(row.pk): named.words(row) for row in rows.filter(pk__in=possible)}


def is_named(kind: str, key: str) -> bool:
    """Whether events can be about such a row; its id is written as they write it."""
    if kind not in NAMED:
        return False
    try:
        value = NAMED[kind].rows().model._meta.pk.to_python(key)
    except ValidationError:
        return False
    return str(value) == key and not (isinstance(value, int) and value >= _MOST_KEY)


def _is_key_of(model: type[Model], key: str) -> bool:
    """An event that was tampered with may name anything."""
    try:
        return model._meta.pk.to_python(key) is not None
    except ValidationError:
        return False
