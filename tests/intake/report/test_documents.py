"""What was sealed stays readable: each kind of clerks' words has the bytes that it always had."""

from datetime import datetime, timedelta, timezone

import pytest

from intake.report.case_words import Accused, CaseNote, CaseWords, Reporter
from intake.report.opening_words import OpeningWords
from intake.report.transfer_words import EntryWords, ListNote, ListWords

Words = OpeningWords | CaseWords | Reporter | EntryWords | ListWords
AT = datetime(2026, 6, 15, 9, 5, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (
            OpeningWords("箱锁坏了", "少一封"),
            '{"version":1,"what":"opening","damage":"箱锁坏了","explanation":"少一封"}',
        ),
        (
            CaseWords((Accused("王某"),), "收钱", notes=(CaseNote(AT, "李", "reason", "补"),)),
            '{"version":1,"what":"case","accused":[{"name":"王某","post":"","body":"","rank":"",'
            '"political":""}],"abstract":"收钱","proposal":"","approval":"","result":"",'
            '"origin_detail":"","original_number":"","materials":"",'
            '"notes":[{"at":"2026-06-15T09:05:00+08:00","by":"李","kind":"reason","words":"补"}]}',
        ),
        (
            Reporter("赵", signers=("钱",)),
            '{"version":1,"what":"reporter","name":"赵","phone":"","address":"","signers":["钱"]}',
        ),
        (
            Reporter("赵", representatives=("钱",), replaces=True),
            '{"version":1,"what":"reporter","name":"赵","phone":"","address":"","signers":[],'
            '"representatives":["钱"],"replaces":true}',
        ),
        (
            EntryWords("摘", remark="备"),
            '{"version":1,"what":"transfer entry","abstract":"摘","accused":"","materials":"",'
            '"reason":"","remark":"备"}',
        ),
        (
            ListWords("孙", (ListNote(AT, "李", "send", "话"),)),
            '{"version":1,"what":"transfer list","signer":"孙",'
            '"notes":[{"at":"2026-06-15T09:05:00+08:00","by":"李","deed":"send","words":"话"}]}',
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_what_was_sealed_before_opens_and_is_sealed_alike(words: Words, kept: str):
    assert words.to_bytes().decode() == kept
    assert type(words).from_bytes(kept.encode()) == words
