"""The database wrapper that Django asks for by the name of this folder, see settings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from intake.keeping.both_hosts.resting import REST
from intake.keeping.both_hosts.watching_waits import WATCH

# 'committed locally, but might not have been replicated': a warning, which comes with success.
ONLY_HERE = "01000"
_READS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW", "FETCH")


class OnOneHost(OperationalError):
    """Stored on one host alone, if at all: no receipt may be shown. Sending again settles it."""


class DatabaseWrapper(base.DatabaseWrapper):
    """What commits ends within `COMMIT_SECONDS` of the settings, or fails as OnOneHost."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Of the transaction that is open.
        self.has_written = self.is_unwaited = False
        self.execute_wrappers.append(self._execute)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that remembers a warning that its last commit is on one host alone."""
        connection = super().get_new_connection(conn_params)
        if not hasattr(connection, "only_here"):
            connection.only_here = []
            connection.add_notice_handler(
                lambda told: told.sqlstate == ONLY_HERE and connection.only_here.append(True)
            )
        return connection

    def _commit(self) -> None:
        waits = self.has_written and not self.is_unwaited
        self.has_written = self.is_unwaited = False
        if self.connection is None or not waits:
            super()._commit()  # type: ignore[misc]
            return
        with self.waited_for():
            super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        self.has_written = self.is_unwaited = False
        super()._rollback()  # type: ignore[misc]

    def _execute(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        if not writes(sql):
            return execute(sql, params, many, context)
        if not self.get_autocommit():
            self.has_written = True
            return execute(sql, params, many, context)
        with self.waited_for():
            return execute(sql, params, many, context)

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Around what commits. Raises OnOneHost at once while others wait in vain."""
        seconds = self.settings_dict.get("COMMIT_SECONDS")
        if seconds is None:
            yield
            self._must_be_on_both()
            return
        if not REST.may_try():
            raise OnOneHost("the standby was away a moment ago")
        self.ensure_connection()
        wait = None
        try:
            with WATCH.over(self.connection.pgconn.socket, seconds=seconds) as wait:
                yield
            self._must_be_on_both()
        except BaseException:
            if wait is None or not wait.is_ended:
                REST.undecided()
                raise
            REST.failed()
            raise OnOneHost("a commit waited too long") from None
        REST.done()

    def _must_be_on_both(self) -> None:
        """Whoever cancels a wait makes PostgreSQL say that it succeeded."""
        if self.connection.only_here:
            self.connection.only_here.clear()
            raise OnOneHost("a commit was cut off while it waited for the standby")


def writes(sql: Any) -> bool:
    """Whether its commit may have something to wait for; locks of rows are written down too."""
    if not isinstance(sql, str):
        return True
    first = sql.split(maxsplit=1)[0].lstrip("(").upper() if sql.strip() else ""
    return first not in _READS or "FOR UPDATE" in sql or "FOR NO KEY" in sql
