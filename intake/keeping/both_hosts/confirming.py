"""What a receipt may rest on, and what may be lost; both do nothing beside PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from django.db import connection, transaction

if TYPE_CHECKING:
    from intake.keeping.both_hosts.base import DatabaseWrapper

# Before an INSERT ... SELECT ... FROM unwaited: nothing waits for that one's commit.
UNWAITED = "WITH unwaited AS (SELECT set_config('synchronous_commit', 'off', true)) "
# A record of the log that holds nothing: its commit returns when all before it has arrived.
_MARK = "SELECT pg_logical_emit_message(true, 'receipt', '')"


def settle() -> None:
    """Waits until the standby has all that this connection can see.

    A row that was found may be on this host alone: its own wait was cut short. Raises OnOneHost.
    """
    if connection.vendor != "postgresql":
        return
    wrapper = cast("DatabaseWrapper", connection)
    with wrapper.waited_for(), wrapper.cursor() as cursor:
        cursor.execute(_MARK)


def is_waited_for_alone() -> bool:
    """Whether a statement would be a commit of its own that waits, and so can say not to."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block


@contextmanager
def unwaited() -> Iterator[None]:
    """Around a write that a crash may take back, such as how often somebody came."""
    if not is_waited_for_alone():
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO OFF")
        cast("DatabaseWrapper", connection).is_unwaited = True
        yield
