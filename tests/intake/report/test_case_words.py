"""A case file's way into bytes and out again, and what two clerks changed in it."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.choices import PoliticalStatus, Rank
from intake.report.case_comparing import changed_fields, differences, merged
from intake.report.case_words import (
    ACCUSED_FIELDS,
    CASE_FIELDS,
    REPORTER_FIELDS,
    Accused,
    CaseNote,
    CaseWords,
    Reporter,
)
from intake.report.documents import UnreadableReport
from tests.making import INSIDE

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
accused = st.builds(
    Accused, text, text, text, st.sampled_from(Rank.values), st.sampled_from(PoliticalStatus.values)
)
notes = st.builds(CaseNote, st.just(INSIDE), text, st.just("remark"), text)
cases = st.builds(
    CaseWords,
    accused=st.lists(accused, max_size=3).map(tuple),
    abstract=text,
    proposal=text,
    approval=text,
    result=text,
    origin_detail=text,
    original_number=text,
    materials=text,
    notes=st.lists(notes, max_size=2).map(tuple),
)
names = st.lists(text, max_size=3).map(tuple)
reporters = st.builds(Reporter, text, text, text, names, names, st.booleans())

WANG, LI = Accused(name="王某", post="主任"), Accused(name="李某")


@given(cases)
def test_every_word_of_a_case_file_comes_back(words: CaseWords):
    assert CaseWords.from_bytes(words.to_bytes()) == words


@given(reporters)
def test_so_does_the_reporter(reporter: Reporter):
    assert Reporter.from_bytes(reporter.to_bytes()) == reporter


def test_the_tables_of_words_name_every_field():
    assert [*CASE_FIELDS, "notes"] == list(CaseWords.__dataclass_fields__)
    assert [*REPORTER_FIELDS, "replaces"] == list(Reporter.__dataclass_fields__)
    assert list(ACCUSED_FIELDS) == list(Accused.__dataclass_fields__)


def test_the_first_is_the_main_accused_and_an_empty_row_is_nobody():
    words = CaseWords(accused=(Accused(), WANG, Accused(), LI))
    assert words.accused == (WANG, LI)
    assert words.main_accused == WANG
    assert CaseWords(accused=(Accused(),)).main_accused is None


@pytest.mark.parametrize(
    "opened",
    [
        b"",
        b"[]",
        Reporter().to_bytes(),
        CaseWords().to_bytes().replace(b'"version":1', b'"version":2'),
        CaseWords().to_bytes().replace(b'"abstract":""', b'"abstract":"","more":"geheim"'),
        CaseWords(accused=(WANG,)).to_bytes().replace(b'"post"', b'"geheim"'),
        b'{"version":1,"what":"case","accused":[],"notes":[{"at":"geheim"}]}',
    ],
)
def test_other_bytes_are_no_case_file_and_are_not_repeated(opened: bytes):
    with pytest.raises(UnreadableReport) as refused:
        CaseWords.from_bytes(opened)
    assert "geheim" not in str(refused.value)


def test_nothing_of_it_shows_in_its_repr():
    note = CaseNote(datetime.min, "王", "remark", "秘密")
    words = CaseWords(accused=(Accused(name="秘密"),), abstract="秘密", notes=(note,))
    found = differences(CASE_FIELDS, before=None, theirs=words, mine=CaseWords())
    for value in (words, note, words.accused[0], Reporter(name="秘密"), *found):
        assert "秘密" not in repr(value) + str(value)


OPENED = CaseWords(abstract="原来", proposal="原来")


@pytest.mark.parametrize(
    ("theirs", "mine", "shown", "to_decide", "kept"),
    [
        # Only the other clerk wrote there: it is shown, and stays.
        ("他改", "原来", True, False, "他改"),
        # Both wrote, each something else: somebody decides, and until then mine stands there.
        ("他改", "我改", True, True, "我改"),
        ("同样", "同样", False, False, "同样"),
        ("原来", "我改", False, False, "我改"),
        ("原来", "原来", False, False, "原来"),
    ],
)
def test_what_two_wrote_in_one_field(
    theirs: str, mine: str, shown: bool, to_decide: bool, kept: str
):
    their_words = CaseWords(abstract=theirs, proposal="原来")
    my_words = CaseWords(abstract=mine, proposal="原来")
    found = differences(CASE_FIELDS, before=OPENED, theirs=their_words, mine=my_words)
    assert [one.field for one in found] == (["abstract"] if shown else [])
    assert [one.is_to_decide for one in found] == ([to_decide] if shown else [])
    assert merged(found, mine=my_words).abstract == kept


def test_where_nobody_knows_what_was_before_each_difference_is_to_be_decided():
    theirs, mine = CaseWords(accused=(WANG,), abstract="同样"), CaseWords(abstract="同样")
    found = differences(CASE_FIELDS, before=None, theirs=theirs, mine=mine)
    assert [(one.field, one.is_to_decide) for one in found] == [("accused", True)]
    assert merged(found, mine=mine) == mine


def test_says_which_fields_changed():
    after = CaseWords(accused=(LI,), abstract="原来", proposal="新的")
    assert changed_fields(CASE_FIELDS, OPENED, after) == ["accused", "proposal"]
