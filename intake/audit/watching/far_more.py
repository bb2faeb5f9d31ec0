"""Who opened far more than the others of the same role; a median is not moved by one of them."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, QuerySet

from intake.models import AuditEvent

TIMES = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """How often each opened who opened far more; `alone` had nobody to be compared with."""

    far_more: dict[int, int]
    alone: int


def far_more_than_others(opened: QuerySet[AuditEvent], least: int) -> Compared:
    """Of `least` openings on, more than three times the median of the role's other readers."""
    told = opened.order_by().values_list("actor", "actor__role").annotate(count=Count("pk"))
    roles: dict[str, dict[int, int]] = defaultdict(dict)
    for key, role, count in told:
        roles[role][key] = count
    far_more: dict[int, int] = {}
    alone = 0
    for counts in roles.values():
        for key, count in counts.items():
            others = [other for one, other in counts.items() if one != key]
            if count < least:
                continue
            if not others:
                alone += 1
            elif count > TIMES * median(others):
                far_more[key] = count
    return Compared(far_more, alone)
