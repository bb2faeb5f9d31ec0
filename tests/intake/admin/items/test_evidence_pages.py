"""What the staff sees and takes out of the files that people sent: as a clerk, over HTTP."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from intake.casework.viewing import opening_files
from intake.casework.viewing.apart import making_copies
from intake.choices import Action, Purpose
from intake.keeping import sealed_files
from intake.models import Attachment, AuditEvent, SealedPart, Submission
from intake.report import evidence
from intake.report.contents import whole_of
from intake.report.draft import Attachment as File
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import COOKIE, NoDeskAccess
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.running.standing_world import standing_world
from tests.sending import filled_in, photo, text_of
from tests.staff_work import PHOTO, keyring_for, send, send_with_all

# As in the running program; pytest sets the filters anew for every test.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning"),
]

PICTURES = ("jpeg", "png", "webp", "gif", "bmp", "tiff", "avif")
FOR_FILING = {"reason": "复制归档"}


@pytest.fixture(autouse=True)
def inside_the_window(settings: Any) -> None:
    settings.SIMULATED_NOW = INSIDE


def file_of(kind: str) -> File:
    name, make = corpus.GOOD[kind]
    return File.of_bytes(name, kind, make())


def send_files(intake: Intake, *files: File) -> Submission:
    return send(intake, intake.targets[0], attachments=files)


def address(attachment: Attachment, page: str) -> str:
    item = attachment.submission_id
    return f"/admin/intake/submission/{item}/attachment/{attachment.pk}/{page}/"


def clerk_of(intake: Intake) -> Client:
    return log_in(Client(), make_clerk(intake, intake.desks[0]))


Sent = Callable[..., tuple[list[Attachment], Client]]


def make_desk_with_clerk() -> tuple[Intake, Client]:
    intake = make_intake()
    return intake, clerk_of(intake)


standing = standing_world(make_desk_with_clerk, at=INSIDE)


@pytest.fixture
def sent(standing: Callable[[], tuple[Intake, Client]]) -> Sent:
    """Sends files to a desk; gives their rows, and its clerk's client."""
    intake, clerk = standing()
    return lambda *files: (list(send_files(intake, *files).attachments.all()), clerk)


def assert_no_browser_runs(response: HttpResponse) -> None:
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_shown_as_a_copy_without_a_position(sent: Sent, kind: str):
    (row,), clerk = sent(file_of(kind))
    response = clerk.get(address(row, "view"))
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    name, _ = corpus.GOOD[kind]
    shown_as = name if kind == "jpeg" else f"{name}.jpg"
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{quote(shown_as)}"
    assert_no_browser_runs(response)
    assert dict(Image.open(io.BytesIO(response.content)).getexif()) == {}
    assert corpus.AUTHOR.encode() not in response.content


@pytest.mark.parametrize("kind", corpus.GOOD)
def test_every_kind_is_taken_out_as_it_was_sent(sent: Sent, kind: str):
    file = file_of(kind)
    (row,), clerk = sent(file)
    response = clerk.post(address(row, "original"), FOR_FILING)
    assert response.content == whole_of(file.content)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(file.name)}"
    assert_no_browser_runs(response)


@pytest.mark.parametrize("kind", sorted(corpus.GOOD.keys() - set(PICTURES)))
def test_what_is_no_picture_has_no_copy(sent: Sent, kind: str):
    (row,), clerk = sent(file_of(kind))
    response = clerk.get(address(row, "view"))
    assert response.status_code == 422
    # Where HEIC can be read, this one holds nothing.
    expected = "已经损坏" if kind == "heic" and making_copies.is_possible("heic") else "只能取原件"
    assert expected in text_of(response)


@pytest.mark.parametrize("name", corpus.NOT_SHOWN)
def test_a_hostile_picture_gets_a_sentence_instead(sent: Sent, name: str):
    kind, make = corpus.NOT_SHOWN[name]
    (row,), clerk = sent(File.of_bytes("照片.jpg", kind, make()))
    response = clerk.get(address(row, "view"))
    assert response.status_code == 422
    assert "取原件" in text_of(response)


def test_the_item_lists_what_can_be_done_with_each_file(sent: Sent):
    rows, clerk = sent(file_of("jpeg"), file_of("m4a"))
    page = text_of(clerk.get(rows[0].submission.get_absolute_url()))
    assert "证明材料（2）" in page
    for name in ("合同照片.jpg", "录音.m4a"):
        assert name in page
    assert [address(row, "view") in page for row in rows] == [True, False]
    assert [address(row, "original") in page for row in rows] == [True, True]


def test_the_files_of_a_supplement_are_listed_with_it():
    intake = make_intake()
    item, clerk = send_with_all(intake, intake.targets[0]), clerk_of(intake)
    page = text_of(clerk.get(item.get_absolute_url()))
    later = item.attachments.get(supplement__isnull=False)
    assert page.count(address(later, "original")) == 1
    response = clerk.post(address(later, "original"), FOR_FILING)
    assert response.content == whole_of(PHOTO.content)
    assert quote(PHOTO.name) in response["Content-Disposition"]


@pytest.mark.parametrize("typed", [{}, {"reason": ""}, {"reason": "随便看看这件事"}])
def test_nothing_is_taken_out_without_a_reason(sent: Sent, typed: dict[str, str]):
    (row,), clerk = sent(file_of("pdf"))
    response = clerk.post(address(row, "original"), typed)
    assert response.status_code == 422
    assert "请" in text_of(response)
    assert b"%PDF" not in response.content
    assert not AuditEvent.objects.filter(action=Action.TAKE_ORIGINAL).exists()


def test_asking_for_the_original_opens_nothing(sent: Sent):
    (row,), clerk = sent(file_of("pdf"))
    page = text_of(clerk.get(address(row, "original")))
    assert all(str(purpose.label) in page for purpose in Purpose)
    assert corpus.GOOD["pdf"][0] not in page
    assert not AuditEvent.objects.filter(object_id=str(row.submission_id)).exists()


def test_looking_and_taking_out_leave_events_without_content(sent: Sent):
    (row,), clerk = sent(file_of("jpeg"))
    clerk.get(address(row, "view"))
    clerk.post(address(row, "original"), FOR_FILING)
    looked, took = AuditEvent.objects.filter(object_id=str(row.submission_id)).order_by("sequence")
    which = {"came_with": "report", "position": 1, "attachment": str(row.pk)}
    assert (looked.action, looked.detail) == (Action.VIEW_EVIDENCE, which)
    assert (took.action, took.detail) == (Action.TAKE_ORIGINAL, {**which, "purpose": "filing"})
    page = text_of(clerk.get(row.submission.get_absolute_url()))
    assert "取材料原件" in page
    assert "用途：复制归档" in page


def test_a_file_of_another_item_or_desk_is_not_there():
    intake = make_intake()
    item, another = send_files(intake, file_of("jpeg")), send_files(intake, file_of("png"))
    row, other = item.attachments.get(), another.attachments.get()
    clerk = clerk_of(intake)
    crossed = address(row, "view").replace(str(row.pk), str(other.pk))
    stranger = log_in(Client(), make_clerk(intake, intake.desks[1]))
    assert clerk.get(crossed).status_code == 404
    assert clerk.post(crossed.replace("view", "original"), FOR_FILING).status_code == 404
    assert stranger.get(address(row, "view")).status_code == 404
    assert stranger.post(address(row, "original"), FOR_FILING).status_code == 404


def test_without_the_keys_it_asks_to_log_in_again(sent: Sent):
    (row,), clerk = sent(file_of("jpeg"))
    del clerk.cookies[COOKIE]
    seen = clerk.get(address(row, "view"))
    assert seen.status_code == 302
    assert seen["Location"].startswith("/admin/login/")
    # What was chosen is carried along and given back after the login.
    asked = clerk.post(address(row, "original"), FOR_FILING)
    assert (asked.status_code, 'name="kept"' in asked.content.decode()) == (403, True)


def alter(row: Attachment) -> None:
    part = SealedPart.objects.get(file=row.sealed_file)
    part.piece = bytes(part.piece)[:-1] + b"!"
    part.save()


def lose(row: Attachment) -> None:
    sealed_files.remove(row.sealed_file)


def exchange(row: Attachment) -> None:
    """Another genuine file of the same desk in its place."""
    later = row.submission.attachments.get(position=2)
    Attachment.objects.filter(pk=later.pk).update(sealed_file="-")
    Attachment.objects.filter(pk=row.pk).update(sealed_file=later.sealed_file)


@pytest.mark.parametrize("damage", [alter, lose, exchange])
def test_a_file_that_is_not_what_was_stored_is_told_as_damaged(
    sent: Sent,
    damage: Callable[[Attachment], None],
):
    rows, clerk = sent(file_of("jpeg"), file_of("png"))
    damage(rows[0])
    for response in (
        clerk.get(address(rows[0], "view")),
        clerk.post(address(rows[0], "original"), FOR_FILING),
    ):
        assert response.status_code == 500
        assert "封存的材料打不开" in text_of(response)
    assert not AuditEvent.objects.filter(action=Action.VIEW_EVIDENCE).exists()


def test_only_the_keys_of_the_desk_open_a_file():
    intake = make_intake()
    row = send_files(intake, file_of("jpeg")).attachments.get()
    other = make_clerk(intake, intake.desks[1])
    with pytest.raises(NoDeskAccess):
        opening_files.open_attachment(row, keyring_for(other), by=other, at=INSIDE)


def test_a_report_that_knows_no_such_file_opens_none():
    intake = make_intake()
    row = send_files(intake, file_of("jpeg")).attachments.get()
    clerk, row.position = make_clerk(intake, intake.desks[0]), 2
    with pytest.raises(CannotOpen):
        opening_files.open_attachment(row, keyring_for(clerk), by=clerk, at=INSIDE)


def test_an_opened_file_shows_nothing_in_its_repr():
    file = opening_files.OpenedFile("合同照片.jpg", "jpeg", b"content")
    assert "合同" not in repr(file)


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [
        ("照片.jpg", "png", "照片.jpg.png"),
        ("照片", "jpeg", "照片.jpg"),
        ("发票.2024", "pdf", "发票.2024.pdf"),
        ("照片.JPEG", "jpeg", "照片.JPEG"),
        ("../../a<b>:c|d?.txt", "txt", "a_b__c_d_.txt"),
        ("说明\u202etxt.docx", "txt", "说明txt.docx.txt"),
        ("录音.m4a. ", "m4a", "录音.m4a"),
    ],
)
def test_the_download_is_named_for_its_content(name: str, kind: str, saved: str):
    assert evidence.download_name(name, kind) == saved


@pytest.mark.parametrize("name", corpus.REFUSED)
def test_what_is_dangerous_by_its_content_is_not_taken_in(name: str):
    make_intake()
    called, make = corpus.REFUSED[name]
    response = Client().post(
        "/report/", filled_in(attachments=[photo(called, make()), photo("好.jpg")])
    )
    page = text_of(response)
    assert response.status_code == 422
    assert f"“{called}”" in page
    assert "“好.jpg”" not in page
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("called", "make"),
    [
        *corpus.GOOD.values(),
        ("很大的照片.jpg", corpus.large_photo),
        ("说明.docx", corpus.zip_bomb),
        ("大图.png", corpus.huge_png),
        ("照片和网页.jpg", corpus.polyglot),
    ],
)
def test_what_is_allowed_is_taken_in_and_comes_out_the_same(called: str, make: Callable[[], bytes]):
    intake, content = make_intake(teams=1), make()
    target = intake.targets[0].code
    typed = filled_in(target=target, attachments=[photo(called, content)])
    assert Client().post("/report/", typed).status_code == 200
    row = Attachment.objects.get()
    # A large one flows, a small one is an answer in one piece; both are read alike.
    answer = clerk_of(intake).post(address(row, "original"), FOR_FILING)
    assert b"".join(answer) == content
