"""For each field of a notice its words in the text as given, and how sure it is."""

from collections.abc import Iterator

import pytest

from inspection.parsing import parse
from inspection.parsing.sources.field import Field, State
from inspection.parsing.sources.flat_text import flat
from inspection.parsing.sources.tracing import Traced, trace
from tests.reading import DATA, NOTICE, PAGE, invented

NAMES = sorted(path.stem for path in (DATA / "notices").glob("*.txt"))
# Their value is the word of a kind, or a day in another form than the printed one.
_OTHER_WORDS = ("period", "accepts", "notice_date", "session", "ordinal", "hours", "rules", "focus")


def traced(text: str, **settled: str) -> Traced:
    return trace(text, parse(text, settled))


def words(text: str, field: Field) -> str:
    """The words of a field, as they stand in the text without their white space."""
    return flat(text[field.span.start : field.span.stop]) if field.span else ""


def at(found: Traced, path: str) -> Field:
    (field,) = [one for one in found.fields if one.path == path]
    return field


def stated_names(found: Traced) -> Iterator[Field]:
    for field in found.fields:
        if field.state is State.STATED and not any(one in field.path for one in _OTHER_WORDS):
            yield field


@pytest.mark.parametrize("text", [PAGE, NOTICE, *map(invented, NAMES)])
def test_what_is_stated_stands_there(text: str):
    found = traced(text)
    for field in stated_names(found):
        if field.path.endswith(("name", "location", "series", "issuer", "committee", "postcode")):
            # A dash of the newspaper's column may stand within the words.
            assert words(text, field).replace("-", "") == flat(field.value), field.path
    assert all((field.span is not None) for field in found.fields if field.state is State.STATED)
    assert all(field.why for field in found.fields if field.state is State.INFERRED)
    assert len({field.path for field in found.fields}) == len(found.fields)


@pytest.mark.parametrize("text", [PAGE, NOTICE, *map(invented, NAMES)])
def test_every_finding_is_told_once_at_least(text: str):
    found, notice = traced(text), parse(text)
    told = {one for field in found.fields for one in field.findings} | set(found.others)
    assert told == set(notice.findings)


def test_the_page_is_read_where_its_notice_stands():
    found = traced(PAGE)
    assert all(
        found.part.start <= field.span.start < field.span.stop <= found.part.stop
        for field in found.fields
        if field.span
    )
    assert PAGE[found.part.start :].startswith("十四届市委第八轮巡察公告")
    box = at(found, "drop_boxes[14].location")
    assert PAGE[box.span.start : box.span.stop].count("\n") == 2 if box.span else False


UNTIL, DAY = "round.accepts_until", "2026年6月20日"
PHONE, BOX = "0999-6210001", "柳泉乡政府门口东侧"
SPOKEN, EARLY = "二〇二六年六月二十日", "2026年3月1日"


@pytest.mark.parametrize(
    ("change", "path", "state", "shown"),
    [
        (("", ""), UNTIL, State.STATED, DAY),
        ((DAY, "6月20日"), UNTIL, State.INFERRED, "6月20日"),
        ((DAY, SPOKEN), UNTIL, State.STATED, SPOKEN),
        ((DAY, EARLY), UNTIL, State.CONFLICTING, EARLY),
        (("\n中共岚东县委巡察工作领导小组办公室\n", ""), "round.issuer", State.MISSING, ""),
        ((PHONE, "０９９９－６２１０００１"), "contacts[0].value", State.STATED, PHONE),
        ((PHONE, "（0999）6210001"), "contacts[0].value", State.STATED, "(0999)6210001"),
        (("8:30—18:00", "8时30分至18时"), "contacts[0].hours", State.STATED, "8时30分至18时"),
        ((BOX, "柳泉乡政府\n门口东侧"), "drop_boxes[1].location", State.STATED, BOX),
        (("\t柳泉乡", "\t青石镇"), "teams[1].targets[0].name", State.CONFLICTING, "青石镇"),
    ],
)
def test_the_state_of_a_field_and_its_words(
    change: tuple[str, str], path: str, state: State, shown: str
):
    text = NOTICE.replace(*change) if change[0] else NOTICE
    field = at(traced(text), path)
    assert field.state is state, field
    assert shown in words(text, field)


def test_what_is_inherited_says_what_was_left_out():
    text = invented("hexi-city")
    field = at(traced(text), "teams[2].targets[1].name")
    assert (field.value, words(text, field)) == ("南浦县柳泉乡", "柳泉乡")
    assert field.state is State.INFERRED and "“南浦县”承前省略" in field.why


def test_a_date_without_its_year_is_missing_that():
    found = traced(invented("yunfu-no-year"))
    field = at(found, "round.accepts_until")
    assert field.state is State.MISSING and [one.code for one in field.findings] == ["no_year"]
    settled = at(traced(invented("yunfu-no-year"), year="2026"), "round.accepts_until")
    assert settled.state is State.INFERRED and "2026年" in settled.why


def test_hostile_texts_end():
    """Only so many fields, each looked for once; a page of one character, or of nothing shown."""
    notice = parse(NOTICE)
    for text in ("0" * 50_000, "年月日" * 20_000, "(" * 50_000, "\u200b" * 50_000, ""):
        found = trace(text, notice)
        assert all(
            field.state is not State.STATED for field in found.fields if len(field.value) > 9
        )
