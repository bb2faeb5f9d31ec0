"""The database is away, locked or dies on the way: 503, the text given back, nothing stored."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from django.test import Client
from pytest_django.fixtures import Settings

from intake.keeping.part_rows import PART_SIZES
from intake.models import Submission
from tests.intake.keeping.kept import kept_names
from tests.making import INSIDE, make_intake
from tests.sending import JPEG, NARRATIVE, code_of, filled_in, narrative_of, photo, text_of

AWAY = {
    "nobody listens": "postgres://nobody@127.0.0.1:1/nothing",
    "no such socket": "postgres://nobody@%2Fno%2Fsuch%2Ffolder/nothing",
    "no such folder": "sqlite:////no/such/folder/site.sqlite3",
    "no tables": "sqlite://:memory:",
}
# A site of its own, because this process is already connected.
ASK = """
import intake.wsgi
from django.test import Client
from tests.sending import filled_in
answer = Client().post("/report/", filled_in(place="三里铺村"))
print(answer.status_code)
print(answer.content.decode())
"""


@pytest.mark.parametrize("url", AWAY.values(), ids=AWAY.keys())
def test_a_database_that_is_away_from_the_start(url: str):
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "intake.settings",
        "DEBUG": "true",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment,
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    status, page = done.stdout.split("\n", 1)
    assert status == "503", done.stderr
    assert NARRATIVE in page
    assert "三里铺村" in page
    assert NARRATIVE not in done.stderr


@contextmanager
def impatient() -> Iterator[None]:
    """A connection that waits for a lock as short as a test can wait."""
    quick, usual = (
        ("PRAGMA busy_timeout = 100", "PRAGMA busy_timeout = 20000")
        if connection.vendor == "sqlite"
        else ("SET statement_timeout = 300", "SET statement_timeout = 0")
    )
    with connection.cursor() as cursor:
        cursor.execute(quick)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(usual)


@contextmanager
def somebody_holds_the_table() -> Iterator[None]:
    """Another connection that will not let go."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        other = connections["default"]
        with other.cursor() as cursor:
            if other.vendor == "sqlite":
                cursor.execute("BEGIN EXCLUSIVE")
            else:
                cursor.execute("BEGIN")
                cursor.execute("LOCK TABLE intake_submission IN ACCESS EXCLUSIVE MODE")
            held.set()
            done.wait(30)
            cursor.execute("ROLLBACK")
        other.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_locked(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    sent = filled_in(target=intake.targets[0].code, attachments=photo())
    with impatient(), somebody_holds_the_table():
        response = Client().post("/report/", sent)
    assert response.status_code == 503
    assert narrative_of(response) == NARRATIVE
    assert kept_names() == set()
    assert not Submission.objects.exists()
    again = Client().post("/report/", {**sent, "attachments": photo()})
    assert code_of(again)
    assert "只登记了一件" not in text_of(again)


# The server ends the connection while the second part of a file is inserted.
ENDED_IN_THE_MIDDLE = """
CREATE FUNCTION ended() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
CREATE TRIGGER ended BEFORE INSERT ON intake_sealedpart FOR EACH ROW WHEN (NEW.number = 1)
EXECUTE FUNCTION ended()"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no server to lose")
def test_a_server_that_is_gone_in_the_middle_of_a_file(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    make_intake()
    large = photo(content=JPEG + b"\0" * 3 * PART_SIZES["postgresql"])
    sent = filled_in(attachments=[photo(), large])
    with connection.cursor() as cursor:
        cursor.execute(ENDED_IN_THE_MIDDLE)
    response = Client().post("/report/", sent)
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION ended() CASCADE")
    assert (response.status_code, narrative_of(response)) == (503, NARRATIVE)
    assert (kept_names(), Submission.objects.count()) == (set(), 0)
    assert code_of(Client().post("/report/", {**sent, "attachments": [photo(), photo()]}))
    assert len(kept_names()) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no server to lose")
def test_a_server_that_ends_the_connection(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    make_intake()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    killer = threading.Thread(target=end_connection, args=(pid,))
    killer.start()
    killer.join()
    sent = filled_in()
    response = Client().post("/report/", sent)
    assert response.status_code in (200, 503)
    if response.status_code == 503:
        assert narrative_of(response) == NARRATIVE
    connection.close()
    assert code_of(Client().post("/report/", sent))
    assert Submission.objects.count() == 1


def end_connection(pid: int) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    connections["default"].close()
