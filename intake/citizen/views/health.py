"""Tells a watching program whether the site can work."""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)
# Migrations are not undone under a running process, so one good answer is enough for its life.
_migrated: list[bool] = []


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 'ok' when the database answers and every migration is applied, else 503."""
    try:
        is_well = _database_answers() and _is_migrated()
    except DatabaseError:
        logger.exception("healthz: the database does not answer")
        is_well = False
    return HttpResponse(
        "ok" if is_well else "unavailable",
        status=200 if is_well else 503,
        content_type="text/plain; charset=utf-8",
    )


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _is_migrated() -> bool:
    if not _migrated:
        if steps_lacking():
            return False
        _migrated.append(True)
    return True


def steps_lacking() -> int:
    """How many migrations the database is behind this program."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
