"""Nothing that a citizen sends can be found again in clear: rows, files, logs, sessions, /tmp."""

import io
import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from intake.models import Attachment, Submission
from intake.report.report_limits import MEGABYTE
from tests.intake.arriving.decoding.streamed_forms import Sent, Streamed, pieces_of, post_streamed
from tests.intake.keeping.kept import files_in_the_folder, kept_contents
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.running.files.written_files import written_files
from tests.sending import JPEG, code_of, filled_in, look_up_token, named, text_of

# A word for each thing that is sent: none of them is a word of the program.
WORDS = {
    "place": "kanarienvogel-place",
    "subject": "kanarienvogel-subject",
    "happened": "kanarienvogel-happened",
    "narrative": "kanarienvogel-narrative 金丝雀在矿井里唱歌",
    "reporter_name": "金丝雀名",
}
PHONE, PHONE_FORMS = "13912345678", ("13912345678", "139 1234 5678", "+8613912345678")
FILE_NAME, FILE_WORDS = "kanarienvogel-file.jpg", b"kanarienvogel-content"
ADDED = "kanarienvogel-added"
ITEMS = "/admin/intake/submission/"
EVERY_WORD = ("kanarienvogel", "金丝雀", *PHONE_FORMS)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of this test's own, which must stay empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile(FILE_NAME, JPEG + FILE_WORDS * 100)


def send_everything(intake: Intake) -> tuple[str, ...]:
    """Sends the words in every way that the pages offer; gives the words to look for."""
    client = Client()
    target = intake.targets[0].code
    sent = named(**WORDS, target=target, reporter_phone=PHONE, attachments=[photo()])
    code = code_of(client.post("/report/", sent))
    again = {**sent, "attachments": [photo()]}
    assert client.post("/report/", again).status_code == 200
    refused = {**WORDS, "narrative": "金丝雀"}
    assert client.post("/report/", filled_in(**refused, attachments=photo())).status_code == 422
    many = {f"kanarienvogel-{n}": "x" for n in range(900)}
    assert client.post("/report/", filled_in(**WORDS, **many)).status_code == 400
    assert client.post("/receipt/", {"code": code}).status_code == 200
    supplement = {"code": code, "narrative": ADDED, "form_token": look_up_token(code)}
    supplement["attachments"] = photo()  # type: ignore[assignment]
    assert client.post("/receipt/supplement/", supplement).status_code == 200
    assert not client.cookies
    return (*EVERY_WORD, code, code.replace(" ", ""))


def work_on_everything(intake: Intake) -> None:
    """What staff do with it: look at it and its picture, register it, return it, send it on."""
    clerk = log_in(Client(), make_clerk(intake, intake.desks[0]))
    office = log_in(Client(), make_clerk(intake, intake.office))
    item, photo_of_it = Submission.objects.get(), Attachment.objects.first()
    assert photo_of_it is not None
    assert WORDS["narrative"] in text_of(clerk.get(item.get_absolute_url()))
    copy = reverse("admin:intake_submission_view_copy", args=[item.pk, photo_of_it.pk])
    assert clerk.get(copy).status_code in (200, 422)
    for client in (clerk, office):
        assert client.get(f"{ITEMS}?q=kanarienvogel").status_code == 200
    # What the site says to these waits in the sessions: nobody opens a page after them.
    clerk.post(f"{ITEMS}register/", {"item": [item.pk]})
    item.refresh_from_db()
    returned = {"to": "returned", "version": item.version}
    # The second comes too late, and gets its words back.
    for reason, status in ((WORDS["narrative"], 302), (ADDED, 409)):
        answer = clerk.post(f"{ITEMS}{item.pk}/move/", {**returned, "reason": reason})
        assert answer.status_code == status
    for desk, status in (("kanarienvogel", 422), (str(intake.desks[1].pk), 302)):
        item.refresh_from_db()
        typed = {"desk": desk, "reason": "kanarienvogel-reason", "version": str(item.version)}
        assert office.post(f"{ITEMS}{item.pk}/reroute/", typed).status_code == status
    item.refresh_from_db()
    assert item.number and item.desk == intake.desks[1]


def sessions() -> list[str]:
    """What the sessions hold, decoded; the messages that wait in them are JSON once more."""
    held = [session.get_decoded() for session in Session.objects.all()]
    return [f"{facts} {json.loads(facts.get('_messages', '[]'))}" for facts in held]


def dump() -> Iterator[tuple[str, str]]:
    """Every value of every table, bytes as the text that they may hold."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(readable(value) for value in row)


def readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def assert_holds_none(words: tuple[str, ...], text: str, where: str) -> None:
    found = [word for word in words if word in text]
    assert not found, f"{where} holds {found}"


@pytest.mark.django_db
def test_nothing_that_was_sent_is_found_in_clear(
    intake: Intake, temporary: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    # Switched off in the settings, and without content nevertheless.
    caplog.set_level(logging.DEBUG, "django.request")
    printed = io.StringIO()
    with redirect_stderr(printed), redirect_stdout(printed):
        words = send_everything(intake)
        assert not Session.objects.exists()
        work_on_everything(intake)

    assert len(sessions()) == 2
    assert any("改派" in text for text in sessions())
    for text in sessions():
        assert_holds_none(words, text, "a session")
    rows = list(dump())
    assert {"intake_submission", "intake_supplement", "intake_attachment"} <= {t for t, _ in rows}
    for table, text in rows:
        assert_holds_none(words, text, table)
    # A word that two parts share stands in no row.
    sealed = kept_contents()
    # Sent to another desk, they are sealed once more, and what was sealed before is gone.
    assert len(sealed) == 2
    for content in sealed:
        assert_holds_none(words, readable(content), "a sealed file")
    assert not files_in_the_folder()
    assert list(temporary.rglob("*")) == []
    assert_holds_none(words, printed.getvalue(), "the output")
    sql_free = [record for record in caplog.records if record.name != "django.db.backends"]
    assert sql_free
    for record in sql_free:
        assert_holds_none(words, f"{record.getMessage()} {record.exc_text}", "the log")


class Watched(Streamed):
    """A large file; while it comes, whatever the process has open without a name is read."""

    seen = 0

    def read(self, size: int) -> bytes:
        for descriptor in Path("/proc/self/fd").iterdir():
            if descriptor.is_symlink() and str(descriptor.readlink()).endswith(" (deleted)"):
                held = descriptor.read_bytes()
                self.seen = max(self.seen, len(held))
                assert FILE_WORDS not in held
        return super().read(size)


@pytest.mark.django_db
def test_large_files_are_in_clear_on_no_disk_while_they_come(
    intake: Intake, temporary: Path, settings: Settings
):
    large = Sent(FILE_NAME, 3 * MEGABYTE, piece=FILE_WORDS * 3000)
    sent = named(**WORDS, target=intake.targets[0].code, reporter_phone=PHONE)
    watched = Watched(pieces_of(sent, [large]))
    with written_files() as written:
        response = post_streamed(sent, large, **{"wsgi.input": watched})
    assert code_of(response)
    assert watched.seen > MEGABYTE
    assert list(temporary.rglob("*")) == list(settings.SPOOL_ROOT.rglob("*")) == []
    named_by_the_sender = [name for name in written if "kanarienvogel" in name]
    assert named_by_the_sender == []
    (sealed,) = kept_contents()
    assert len(sealed) > 3 * MEGABYTE and FILE_WORDS not in sealed
    assert not files_in_the_folder()


@pytest.mark.django_db
def test_statements_hold_nothing_readable_either(intake: Intake, caplog: pytest.LogCaptureFixture):
    """Even a database that logs its statements learns nothing."""
    caplog.set_level(logging.DEBUG, "django.db.backends")
    connection.force_debug_cursor = True
    try:
        words = send_everything(intake)
    finally:
        connection.force_debug_cursor = False
    statements = [str(query) for query in connection.queries_log]
    assert any("INSERT INTO" in statement for statement in statements)
    for statement in statements:
        assert_holds_none(words, statement, "a statement")


@pytest.mark.django_db(transaction=True)
def test_nor_in_the_database_s_own_files(intake: Intake):
    """The write-ahead log of SQLite keeps what was ever written."""
    words = send_everything(intake)
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        raw = b"".join(p.read_bytes() for p in path.parent.glob(f"{path.name}*"))
        assert_holds_none(words, raw.decode("utf-8", "replace"), "the database's file")
    else:
        assert_holds_none(words, " ".join(text for _, text in dump()), "the database")


def test_the_search_itself_finds_what_is_there():
    with pytest.raises(AssertionError, match="holds"):
        assert_holds_none(EVERY_WORD, f"… {ADDED} …", "this text")
