"""Django's sessions in the database; one that is there already is kept with a single statement.

Every page of the staff keeps its session, so that a transaction of its own for each would be two
statements more a page.
"""

from typing import cast

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection

from intake.keeping.both_hosts.confirming import UNWAITED, is_waited_for_alone

_UNWAITED = UNWAITED + (  # noqa: S608
    "UPDATE django_session SET session_data = %s, expire_date = %s FROM unwaited"
    " WHERE session_key = %s"
)


class SessionStore(db.SessionStore):
    """Named as Django looks for it."""

    def save(self, must_create: bool = False) -> None:
        """A session that was ended meanwhile does not live again: UpdateError, as Django's."""
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]
        try:
            kept = _update(cast("Session", row))
        except DatabaseError as failure:
            raise UpdateError from failure
        if not kept:
            raise UpdateError


def _update(row: Session) -> int:
    """How many there were. It waits for no standby: a fail-over may set one back by a page."""
    if not is_waited_for_alone():
        same = Session.objects.filter(pk=row.session_key)
        return same.update(session_data=row.session_data, expire_date=row.expire_date)
    with connection.cursor() as cursor:
        cursor.execute(_UNWAITED, [row.session_data, row.expire_date, row.session_key])
        return int(cursor.rowcount)
