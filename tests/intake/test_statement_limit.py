"""On PostgreSQL no statement of a request takes long; commands may take their time."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from intake import environment
from intake.middleware import DatabaseAwayMiddleware
from tests.sending import text_of

URL = "postgres://nobody@127.0.0.1:1/nothing"
LIMIT = f"-c statement_timeout={settings.REQUEST_STATEMENT_SECONDS}s"
SHOW = """
import {module}
from django.conf import settings
print(settings.DATABASES["default"]["OPTIONS"]["options"])
"""


def options_after(module: str) -> str:
    """What the server is told at each connection, in a process that starts with this module."""
    started = {"DATABASE_URL": URL, "DEBUG": "true", "DJANGO_SETTINGS_MODULE": "intake.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SHOW.format(module=module)],
        env={**os.environ, **started},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_what_serves_requests_is_limited_and_a_command_is_not():
    assert LIMIT in options_after("intake.wsgi")
    assert "statement_timeout" not in options_after("manage")


def test_the_limit_keeps_what_else_the_database_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", URL)
    told = environment.database("", seconds=(20, 5))["OPTIONS"]["options"]
    assert told == "-c synchronous_commit=on -c statement_timeout=20s"


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a limit that SQLite has not")
@pytest.mark.django_db
def test_a_query_that_is_cut_gets_a_plain_page():
    with (
        pytest.raises(OperationalError) as cut,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL statement_timeout = 50")
        cursor.execute("SELECT pg_sleep(60)")
    away = DatabaseAwayMiddleware(lambda request: HttpResponse())
    page = away.process_exception(RequestFactory().get("/admin/intake/submission/"), cut.value)
    assert page is not None and page.status_code == 503
    assert "请把条件缩小一些" in text_of(page)
