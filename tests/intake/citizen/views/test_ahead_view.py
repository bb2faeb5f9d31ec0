"""The address to which files come ahead of their form."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from inspection import clock
from intake.arriving.ahead import waiting_content, waiting_files
from intake.arriving.ahead.waiting_content import NotWhole, Taken, WaitingContent
from intake.arriving.ahead.waiting_files import Announced
from intake.casework.viewing.opening_files import open_attachment
from intake.citizen.forms import fresh_token
from intake.citizen.forms.files_ahead import GONE
from intake.models import Attachment, Submission, TakenFile, WaitingPart
from intake.report.draft import Attachment as File
from intake.report.report_limits import MAX_FILE_BYTES, PART
from tests.intake.citizen.delivering import send
from tests.making import INSIDE, Intake, make_clerk, make_draft, make_intake
from tests.sending import (
    NARRATIVE,
    code_of,
    filled_in,
    invalid_fields,
    look_up_token,
    narrative_of,
    nonce_of,
)
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

ADDRESS = "/report/parts/"
FILE = "0123456789abcdef"
SIZE = PART + 5


def ask(client: Client, token: str, method: str = "get", body: bytes = b"", **headers: object):
    sent = {"X-Form-Token": token, "X-File": FILE, "X-Size": SIZE, **headers}
    return client.generic(
        method.upper(),
        ADDRESS,
        body,
        content_type="application/octet-stream",
        headers={name.replace("_", "-"): str(value) for name, value in sent.items()},
    )


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


@pytest.fixture
def token() -> str:
    return fresh_token(at=clock.real_now())


def test_parts_come_and_the_sender_is_told_where_to_go_on(client: Client, token: str):
    assert ask(client, token).json() == {"come": 0, "taken": False}
    first = ask(client, token, "post", b"a" * PART, X_Part=0)
    assert (first.status_code, first.json()) == (200, {"come": 1, "taken": False})
    assert first.headers["Cache-Control"] == "no-store"
    assert ask(client, token, "post", b"b" * 5, X_Part=1).json() == {"come": 2, "taken": False}
    # Another form, even with the same name of the file, has nothing.
    assert ask(client, fresh_token(at=clock.real_now())).json() == {"come": 0, "taken": False}
    assert ask(client, token, "delete").json() == {"come": 0, "taken": False}
    assert not WaitingPart.objects.exists()


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"X-Form-Token": "forged.token.here"}, b"b" * 5, 403),
        ({"Sec-Fetch-Site": "cross-site"}, b"b" * 5, 403),
        ({"X-File": "../x"}, b"b" * 5, 422),
        ({"X-Size": "999999999999"}, b"b" * 5, 422),
        ({"X-Part": "two"}, b"b" * 5, 422),
        ({"X-Part": "٣"}, b"b" * 5, 422),
        ({"X-Part": "7"}, b"b" * 5, 422),
        ({"X-Part": "1"}, b"", 422),
        ({"X-Part": "1"}, b"b" * 6, 422),
        ({"X-Part": "0"}, b"b" * (PART + 1), 422),
    ],
)
def test_what_is_no_part_of_a_form_of_ours_is_told_so(
    client: Client, token: str, headers: dict[str, str], body: bytes, status: int
):
    answer = ask(client, token, "post", body, **{"X-Part": 1, **headers})
    assert answer.status_code == status
    assert answer.json()["words"]
    assert not WaitingPart.objects.exists()


def test_a_form_that_lay_open_too_long_takes_no_parts(client: Client, settings: Settings):
    old = clock.real_now() - timedelta(hours=settings.FORM_TOKEN_HOURS, minutes=1)
    assert ask(client, fresh_token(at=old), "post", b"b" * 5, X_Part=1).status_code == 403


def test_too_many_parts_and_too_many_bytes_are_asked_to_wait(
    client: Client, token: str, settings: Settings
):
    settings.MOST_WAITING_PARTS = 0
    full = ask(client, token, "post", b"b" * 5, X_Part=1)
    assert (full.status_code, full.headers["Retry-After"]) == (429, "60")
    settings.MOST_WAITING_PARTS, settings.FLOOD_MB = 10, 0
    flooded = ask(client, token, "post", b"b" * 5, X_Part=1)
    assert flooded.status_code == 429
    assert not WaitingPart.objects.exists()


def come_ahead(client: Client, token: str, content: bytes, file: str = FILE) -> str:
    """All parts of it have come; the line by which a form names it."""
    for number in range(-(-len(content) // PART)):
        piece = content[number * PART : (number + 1) * PART]
        sent = {"X-File": file, "X-Size": len(content), "X-Part": number}
        assert ask(client, token, "post", piece, **sent).status_code == 200
    return f"{file} {len(content)} 夜里的车.mp4"


FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + "（演示）机动地".encode() * (PART // 10)


def test_a_report_takes_the_files_that_came_ahead_and_shows_one_receipt(
    client: Client, token: str, intake: Intake
):
    line = come_ahead(client, token, FILM)
    sent = filled_in(form_token=token, ahead=line)
    first = client.post("/report/", sent)
    assert first.status_code == 200, first.content.decode()
    file = Attachment.objects.get()
    assert (file.kind, file.size) == ("mp4", len(FILM))
    keyring = keyring_for(make_clerk(intake, intake.office))
    opened = open_attachment(file, keyring, by=keyring.user, at=INSIDE)
    assert (opened.name, opened.opened.read()) == ("夜里的车.mp4", FILM)
    assert not WaitingPart.objects.exists()
    # The answer was lost, and the same form is sent again.
    assert code_of(client.post("/report/", sent)) == code_of(first)
    assert Submission.objects.count() == 1
    # Other words on the same form are another report, whose file is not there any more.
    other = client.post("/report/", {**sent, "narrative": "（演示）改过的话，和上次不一样。"})
    assert other.status_code == 422
    assert str(GONE) in other.content.decode()
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    "named",
    [
        "zz 5 x.mp4",
        FILE,
        f"{FILE} 999 ",
        "\n".join([f"{FILE} 9 x.mp4"] * 10),
        f"{FILE} 5 没传完.mp4",
    ],
)
def test_a_form_that_names_what_has_not_come_keeps_the_words(
    client: Client, token: str, intake: Intake, named: str
):
    answer = client.post("/report/", filled_in(form_token=token, ahead=named))
    assert answer.status_code == 422
    assert invalid_fields(answer) == {"attachments"}
    assert NARRATIVE in narrative_of(answer)
    assert not Submission.objects.exists()


def test_what_came_ahead_is_looked_at_as_any_other_file(client: Client, token: str, intake: Intake):
    line = come_ahead(client, token, b"MZ" + b"\0" * PART)
    answer = client.post("/report/", filled_in(form_token=token, ahead=line))
    assert (answer.status_code, invalid_fields(answer)) == (422, {"attachments"})


def test_a_supplement_takes_them_too(client: Client, intake: Intake):
    code = code_of(client.post("/report/", filled_in()))
    token = look_up_token(code)
    line = come_ahead(client, token, FILM)
    sent = {"code": code, "narrative": "", "form_token": token, "ahead": line}
    assert client.post("/receipt/supplement/", sent).status_code == 200
    assert Attachment.objects.get().supplement_id
    assert client.post("/receipt/supplement/", sent).status_code == 200
    assert Attachment.objects.count() == 1


def test_no_file_is_read_for_a_form_that_is_wrong_anyway(
    client: Client, token: str, intake: Intake
):
    line = come_ahead(client, token, FILM)
    with CaptureQueriesContext(connection) as asked:
        wrong = client.post("/report/", filled_in(form_token=token, ahead=line, narrative=""))
    assert invalid_fields(wrong) == {"narrative"}
    assert not [one for one in asked if "waitingpart" in one["sql"]]
    large = "\n".join(f"{number:016x} {MAX_FILE_BYTES} x.mp4" for number in range(3))
    with CaptureQueriesContext(connection) as asked:
        much = client.post("/report/", filled_in(form_token=token, ahead=large))
    assert invalid_fields(much) == {"attachments"}
    assert not [one for one in asked if "waitingpart" in one["sql"]]


def test_a_recording_that_came_ahead_needs_no_words(client: Client, token: str, intake: Intake):
    sound = b"RIFF\0\0\0\0WAVEfmt " + b"\0" * PART
    line = come_ahead(client, token, sound).replace("夜里的车.mp4", "录音.wav")
    answer = client.post("/report/", filled_in(form_token=token, ahead=line, narrative=""))
    assert answer.status_code == 200, answer.content.decode()
    # One that only says so does.
    token = fresh_token(at=clock.real_now())
    line = come_ahead(client, token, FILM).replace("夜里的车.mp4", "录音.wav")
    answer = client.post("/report/", filled_in(form_token=token, ahead=line, narrative=""))
    assert (answer.status_code, invalid_fields(answer)) == (422, {"narrative"})


def test_parts_that_go_while_they_are_sealed_end_as_the_same_receipt_or_as_nothing(
    client: Client, token: str, intake: Intake
):
    come_ahead(client, token, FILM)
    sheet, file = waiting_files.sheet_of(nonce_of(token)), Announced.of(FILE, str(len(FILM)))
    content = waiting_content.find(sheet, file)
    assert isinstance(content, WaitingContent)
    files = (File("夜里的车.mp4", "mp4", content),)
    draft = make_draft(nonce=nonce_of(token), attachments=files)
    first = send(intake, draft)
    waiting_content.took([Taken(content, "mp4", ())], at=clock.real_now())
    again = send(intake, draft)
    assert (again.code, again.is_repeat) == (first.code, True)
    TakenFile.objects.all().delete()
    with pytest.raises(NotWhole):
        send(intake, make_draft(nonce="m" * 22, attachments=files))
    assert Submission.objects.count() == Attachment.objects.count() == 1


def test_what_came_ahead_is_named_on_the_page_that_sends_again(
    client: Client, token: str, intake: Intake, settings: Settings
):
    line = come_ahead(client, token, FILM)
    settings.SIMULATED_NOW = INSIDE.replace(year=2024)
    refused = client.post("/report/", filled_in(form_token=token, ahead=line))
    assert refused.status_code == 403
    assert f'name="ahead" value="{line}"' in refused.content.decode()
