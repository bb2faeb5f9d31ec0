"""A report's way into bytes and out again, and that nothing of it shows by accident."""

import hashlib
import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.report.documents import UnreadableReport
from intake.report.draft import (
    UNLISTED,
    Attachment,
    Draft,
    Report,
    SupplementDraft,
    SupplementReport,
    read_choice,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
files = st.lists(
    st.builds(Attachment.of_bytes, words, st.just("jpeg"), st.binary(max_size=20)), max_size=3
)
drafts = st.builds(
    Draft,
    narrative=words,
    nonce=st.just("n" * 22),
    target_code=st.none() | words,
    unlisted=st.booleans(),
    place=words,
    about_inspectors=st.booleans(),
    category=words,
    subject=words,
    happened=words,
    attachments=files.map(tuple),
    identity=st.just("named"),
    reporter_name=words,
    reporter_phone=words,
    withhold_identity=st.booleans(),
    agree_sensitive=st.booleans(),
)


def make_draft(**changes: object) -> Draft:
    values = {
        "narrative": "他收了钱。",
        "nonce": "NONCE-NONCE-NONCE-NONCE",
        "place": "王庄村",
        "subject": "某某",
        "happened": "去年",
        "identity": "named",
        "reporter_name": "李四",
        "reporter_phone": "13800000000",
        "attachments": (Attachment.of_bytes("账本.jpg", "jpeg", b"\xff\xd8\xffsecret"),),
    }
    return Draft(**{**values, **changes})  # type: ignore[arg-type]


@given(drafts)
def test_every_fact_comes_back(draft: Draft) -> None:
    report = asdict(Report.from_bytes(draft.to_report()))
    sent = asdict(draft)

    sizes = [a.content.size for a in draft.attachments]
    assert [note["size"] for note in report.pop("attachments")] == sizes
    assert sent.pop("nonce")
    sent.pop("attachments")
    assert report == sent


def test_the_report_names_the_files_but_does_not_hold_them() -> None:
    sealed = make_draft().to_report()

    assert Report.from_bytes(sealed).attachments[0].name == "账本.jpg"
    assert Report.from_bytes(sealed).attachments[0].size == 9
    assert b"secret" not in sealed


def test_the_nonce_that_leads_to_the_receipt_is_not_in_the_report() -> None:
    assert b"NONCE" not in make_draft().to_report()


def test_who_chose_to_be_anonymous_leaves_no_name() -> None:
    report = Report.from_bytes(make_draft(identity="anonymous").to_report())

    assert (report.reporter_name, report.reporter_phone) == ("", "")
    assert "李四".encode() not in make_draft(identity="anonymous").to_report()


def test_a_named_report_keeps_the_name() -> None:
    report = Report.from_bytes(make_draft().to_report())

    assert (report.reporter_name, report.reporter_phone) == ("李四", "13800000000")


def test_the_report_is_json_in_utf8_with_a_version() -> None:
    document = json.loads(make_draft().to_report().decode("utf-8"))

    assert (document["version"], document["what"]) == (1, "report")
    assert "他收了钱。".encode() in make_draft().to_report()


def test_no_repr_shows_what_a_citizen_wrote() -> None:
    draft = make_draft()
    shown = [
        *(repr(draft), str(draft), repr(draft.attachments), repr([draft])),
        *(repr(Report.from_bytes(draft.to_report())), repr(SupplementDraft("他收了钱。"))),
        repr(Report.from_bytes(draft.to_report()).attachments),
        repr(SupplementReport.from_bytes(SupplementDraft("他收了钱。").to_bytes())),
    ]

    for text in shown:
        for secret in ("他收了钱", "王庄村", "李四", "13800000000", "账本", "secret", "NONCE"):
            assert secret not in text


def test_a_bare_draft_claims_nothing() -> None:
    report = Report.from_bytes(Draft(narrative="他收了钱。", nonce="n").to_report())

    assert (report.identity, report.target_code, report.unlisted) == ("anonymous", None, False)
    assert not (report.about_inspectors or report.withhold_identity or report.agree_sensitive)


def test_a_supplement_comes_back_too() -> None:
    sent = SupplementDraft("又想起一件事。", (Attachment.of_bytes("录音.m4a", "m4a", b"1234"),))

    found = SupplementReport.from_bytes(sent.to_bytes())

    assert found.narrative == "又想起一件事。"
    assert [(a.name, a.kind, a.size) for a in found.attachments] == [("录音.m4a", "m4a", 4)]


@pytest.mark.parametrize(
    "opened",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b'{"version":2,"what":"report"}',
        b'{"version":1,"what":"report","attachments":[]}',
        b'{"version":1,"what":"report","attachments":[{"name":1}]}',
        SupplementDraft("又").to_bytes(),
        b'{"version":1,"what":"\xe6\x9c\xba\xe5\xaf\x86',
    ],
)
def test_other_bytes_are_no_report_and_are_not_repeated(opened: bytes) -> None:
    with pytest.raises(UnreadableReport) as told:
        Report.from_bytes(opened)

    assert "机密" not in str(told.value)
    assert told.value.__suppress_context__


def without_hashes(sealed: bytes) -> bytes:
    """The same as it was sealed before the files' hashes were noted."""
    document = json.loads(sealed)
    for note in document["attachments"]:
        del note["sha256"]
    return json.dumps(document, ensure_ascii=False).encode()


FILE_HOLDS, OTHER_HOLDS = b"\xff\xd8\xffsecret", b"\xff\xd8\xffsecreT"
FILE = Attachment.of_bytes("账本.jpg", "jpeg", FILE_HOLDS)
OTHER = Attachment.of_bytes("账本.jpg", "jpeg", OTHER_HOLDS)


def test_one_changed_byte_of_a_file_changes_what_is_sealed() -> None:
    reports = [make_draft(attachments=(file,)).to_report() for file in (FILE, OTHER)]
    supplements = [SupplementDraft("又", (file,)).to_bytes() for file in (FILE, OTHER)]

    assert reports[0] != reports[1]
    assert supplements[0] != supplements[1]


def test_the_note_holds_the_hash_of_the_file_and_tells_another() -> None:
    (note,) = Report.from_bytes(make_draft(attachments=(FILE,)).to_report()).attachments

    assert note.sha256 == hashlib.sha256(FILE_HOLDS).hexdigest()
    assert note.is_about(hashlib.sha256(FILE_HOLDS).hexdigest())
    assert not note.is_about(hashlib.sha256(OTHER_HOLDS).hexdigest())


def test_notes_from_before_the_hash_still_open_and_accuse_no_file() -> None:
    report = Report.from_bytes(without_hashes(make_draft(attachments=(FILE,)).to_report()))
    supplement = SupplementReport.from_bytes(
        without_hashes(SupplementDraft("又", (FILE,)).to_bytes())
    )

    for (note,) in (report.attachments, supplement.attachments):
        assert (note.name, note.size, note.sha256) == (FILE.name, len(FILE_HOLDS), "")
        assert note.is_about(hashlib.sha256(OTHER_HOLDS).hexdigest())


def test_a_report_is_no_supplement() -> None:
    with pytest.raises(UnreadableReport):
        SupplementReport.from_bytes(make_draft().to_report())


def test_the_choice_of_a_body_is_a_code_or_none() -> None:
    assert read_choice("") == (None, False)
    assert read_choice(UNLISTED) == (None, True)
    assert read_choice("lc8-10") == ("lc8-10", False)
