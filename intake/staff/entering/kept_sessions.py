"""Django's sessions in the database; one that is there already is kept with a single statement.

Every page of the staff keeps its session, so that a transaction of its own for each would be two
statements more a page.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError


class SessionStore(db.SessionStore):
    """Named as Django looks for it."""

    def save(self, must_create: bool = False) -> None:
        """A session that was ended meanwhile does not live again: UpdateError, as Django's."""
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]
        same = self.model.objects.filter(pk=row.session_key)
        try:
            kept = same.update(session_data=row.session_data, expire_date=row.expire_date)
        except DatabaseError as failure:
            raise UpdateError from failure
        if not kept:
            raise UpdateError
