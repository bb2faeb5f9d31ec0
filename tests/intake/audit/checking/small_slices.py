"""A check in slices that are so small that even a small site takes many."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from intake.audit.checking import audit_checks, check_stages
from intake.models import AuditCheck, StaffUser
from tests.making import INSIDE

_SMALL = {"EVENTS_AT_ONCE": 6, "ROWS_AT_ONCE": 4, "SEALS_AT_ONCE": 2, "SWEPT_AT_ONCE": 9}


@contextmanager
def small_slices() -> Iterator[None]:
    """So many events, rows and seals at once."""
    before = {name: getattr(check_stages, name) for name in _SMALL}
    for name, count in _SMALL.items():
        setattr(check_stages, name, count)
    try:
        yield
    finally:
        for name, count in before.items():
            setattr(check_stages, name, count)


def check_to_the_end(noted: str = "") -> AuditCheck:
    """Slice by slice, each from what the rows say."""
    by = StaffUser.objects.earliest("pk")
    check = audit_checks.begin(by=by, noted=noted, at=INSIDE)
    for _ in range(10_000):
        if audit_checks.step(check.pk, by=by, at=INSIDE).is_over:
            break
    check.refresh_from_db()
    return check


def found_in_slices() -> list[str]:
    """What such a check complains about; it leaves no trace."""
    with small_slices(), transaction.atomic():
        result = audit_checks.result_of(check_to_the_end())
        assert result.count == len(result.problems)
        transaction.set_rollback(True)
    return list(result.problems)
