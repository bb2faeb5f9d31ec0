"""What letters propose: the table in proposals.csv, whose letters and people are all invented.

A person counts as found only with name, post, body and rank as expected; the table says '-' for
nothing, '?' for what clerks would decide either way.

The 124 letters of the group 调 shaped the rules. Of 80 proposed people 78 are right, of 80 expected
78 found (precision 0.975, recall 0.975); of problems 79 of 80 and 79 of 81 (0.99, 0.98); of
categories 45 of 45 and of 47 (1, 0.96); of natures 104 of 104 and of 105; no mark or focus is
wrong or missing.

The 20 letters of the group 新 were written after the rules, and measured before any rule was
changed for them: of 13 proposed people 11 are right as a whole, one had the body in the post, one
was thanked and not accused; of 12 expected 11 were found (precision 0.85, recall 0.92). Of
problems, categories, natures, marks and focuses none was wrong (6, 3, 9, 1 and 5 proposed); one
nature and one mark were missing (the mark was added since).
"""

import csv
from collections import Counter
from collections.abc import Iterator
from importlib import import_module

import pytest

from intake.casework.proposing import (
    RANKS,
    FocusText,
    Found,
    Proposals,
    Written,
    find_proposals,
)
from intake.casework.proposing.words.category_words import CATEGORY_RULES
from intake.casework.proposing.words.nature_words import (
    ACCUSATION,
    APPEAL,
    EMPTY,
    OUT_OF_SCOPE,
    SUGGESTION,
    TOPIC_RULES,
)
from intake.casework.proposing.words.problem_words import PROBLEM_RULES
from intake.choices import Category, Nature, Rank, Topic
from tests.reading import DATA

ROWS = list(csv.DictReader((DATA / "proposals.csv").read_text(encoding="utf-8").splitlines()))
KINDS = ("应提的人", "主要问题", "类别", "性质", "标记", "聚焦")
FOCUSES = [
    FocusText("决策部署", "聚焦贯彻落实党中央重大决策部署和省委、市委重点工作要求"),
    FocusText("群众身边", "聚焦群众身边不正之风和腐败问题", ("查看党风廉政建设情况",)),
    FocusText("软弱涣散", "聚焦基层党组织软弱涣散,组织力欠缺问题"),
    FocusText("整改", "聚焦巡视巡察、监督检查、审计等发现问题整改落实"),
]
# Traps: whoever or whatever stands in these letters, nobody is to be proposed as an accused.
TRAPS = ("书记的儿子", "反映人自己是会计", "姓是常用词：高度", "地名里有姓名", "被打的会计", "表扬")


def written(row: dict[str, str]) -> Written:
    return Written(row["内容"], row["被反映人"], row["地点"], row["时间地点"])


def told(found: Proposals) -> dict[str, set[str]]:
    """What is proposed, in the words of the table."""
    return {
        "应提的人": {f"{a.name}/{a.post}/{a.body}/{a.rank}" for a in found.accused},
        "主要问题": {found.problem.code} if found.problem else set(),
        "类别": {found.category.code} if found.category else set(),
        "性质": {found.nature.code} if found.nature else set(),
        "标记": {one.code for one in found.topics},
        "聚焦": {one.code for one in found.focus},
    }


def counted(group: str) -> tuple[Counter[tuple[str, str]], list[str]]:
    """How often a proposal of each kind is right, wrong or missing; and which are not right."""
    counts: Counter[tuple[str, str]] = Counter()
    others: list[str] = []
    for row in (row for row in ROWS if row["组"] == group):
        found = told(find_proposals(written(row), FOCUSES))
        for kind in KINDS:
            if row[kind] == "?":
                continue
            expected = set(row[kind].replace("；", " ").split()) - {"-"}
            counts[kind, "right"] += len(found[kind] & expected)
            counts[kind, "wrong"] += len(found[kind] - expected)
            counts[kind, "missing"] += len(expected - found[kind])
            if found[kind] != expected:
                others.append(f"{row['说明']}: {kind} {found[kind]}, not {expected}")
    return counts, others


def test_hardly_anything_that_is_proposed_is_wrong():
    counts, others = counted("调")

    for kind in KINDS:
        right, wrong, missing = (counts[kind, what] for what in ("right", "wrong", "missing"))
        assert right / (right + wrong) >= 0.97, others
        assert right / (right + missing) >= 0.95, others


def test_of_letters_that_shaped_no_rule_little_is_wrong():
    counts, others = counted("新")

    assert sum(counts[kind, "wrong"] for kind in KINDS) <= 2, others
    assert sum(counts[kind, "missing"] for kind in KINDS) <= 3, others


@pytest.mark.parametrize("trap", TRAPS)
def test_nobody_is_accused_who_is_only_named(trap: str):
    [row] = [row for row in ROWS if row["说明"] == trap]

    assert find_proposals(written(row)).accused == ()


def all_found(found: Proposals) -> Iterator[Found]:
    single = [one for one in (found.problem, found.category, found.nature) if one]
    for proposal in (*single, *found.other_problems, *found.focus, *found.topics):
        yield from proposal.found
    for person in found.accused:
        yield from person.found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["说明"])
def test_each_proposal_says_where_it_stands_as_it_was_written(row: dict[str, str]):
    letter = written(row)
    for place in all_found(find_proposals(letter, FOCUSES)):
        first, last = place.span
        assert place.words
        assert getattr(letter, place.field)[first:last] == place.words


def test_the_main_accused_is_the_one_in_the_field_then_the_one_named_most():
    words = "会计钱二喜做假账。镇长李四也拿了。李四说没事，李四还骂人。"

    by_field = find_proposals(Written(words, subject="会计钱二喜"))
    by_count = find_proposals(Written(words))

    assert [one.name for one in by_field.accused] == ["钱二喜", "李四"]
    assert [one.name for one in by_count.accused] == ["李四", "钱二喜"]
    assert by_count.main_accused == by_count.accused[0]


def test_a_village_without_a_name_is_no_body():
    found = find_proposals(Written("机动地包给了亲戚，合同没有公示。", subject="某村书记"))

    assert found.main_accused
    assert (found.main_accused.post, found.main_accused.body) == ("村书记", "")
    assert found.main_accused.rank == Rank.VILLAGE


def test_two_problems_that_fit_alike_leave_the_main_one_to_the_clerk():
    found = find_proposals(Written("镇长常兴旺赌博，还跟一个女下属有婚外情。"))

    assert found.problem is None
    assert {one.code for one in found.other_problems} == {"life", "other_crime"}


def test_a_phrase_of_the_notice_tells_its_focus():
    focus = FocusText("1", "聚焦企业改革", ("查看防范化解债务风险情况",))

    [found] = find_proposals(Written("公司领导从来不管债务风险，到处担保。"), [focus]).focus

    assert (found.code, found.found[0].words) == ("1", "债务风险")


def problems_to_begin_with() -> Iterator[tuple[str, str]]:
    """Those of both levels that each site has from its beginning."""
    for code, name, children in import_module("intake.migrations.0013_problems").PROBLEMS:
        yield code, name
        yield from children


def test_codes_are_those_of_the_closed_lists():
    natures = {ACCUSATION, EMPTY, *(rule.code for rule in (APPEAL, OUT_OF_SCOPE, SUGGESTION))}

    assert {code for code, _ in RANKS} == set(Rank) - {Rank.OTHER, Rank.UNKNOWN}
    assert {rule.code for rule in CATEGORY_RULES} == set(Category) - {Category.UNSURE}
    assert {rule.code for rule in TOPIC_RULES} == set(Topic)
    assert natures == set(Nature)
    assert {(rule.code, rule.label) for rule in PROBLEM_RULES} <= set(problems_to_begin_with())
    for rule in CATEGORY_RULES:
        assert rule.label == str(Category(rule.code).label)


def test_nothing_that_was_written_stands_in_what_is_printed():
    letter = Written("镇长李四收受红包。", subject="李四")
    found = find_proposals(letter, FOCUSES)

    assert "李四" not in repr((letter, found, list(all_found(found)), found.accused))
