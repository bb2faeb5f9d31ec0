"""What does not fit together is said at its field. Without a database."""

from typing import Any

import pytest

from intake.admin.writing.case_form import are_different_people, rows_of
from intake.admin.writing.reporter_sheet import ReporterForm
from intake.casework.registering.fitting_facts import misfits
from intake.choices import Way
from intake.models import Submission

TWICE = {
    "signers": ({"signer_names": "张某、李某，张某"}, "signer_names", "联名人里“张某”"),
    "those who came": ({"representatives": "王某 王某"}, "representatives", "代表里“王某”"),
    "different people": ({"signer_names": "张某、李某", "representatives": "张某"}, "", ""),
}


@pytest.mark.parametrize(("facts", "field", "words"), TWICE.values(), ids=TWICE)
def test_nobody_signs_or_comes_twice(facts: dict[str, Any], field: str, words: str):
    found = dict(misfits(facts))
    assert set(found) == ({field} if field else set())
    assert words in found.get(field, "")


@pytest.mark.parametrize(("signers", "is_right"), [("甲\n乙\n甲 ", False), ("甲\n\n乙\n", True)])
def test_nobody_is_a_reporter_twice(signers: str, is_right: bool):
    form = ReporterForm(Submission(way=Way.LETTER), {"name": "甲", "signers": signers})
    assert form.is_valid() is is_right
    assert ("“甲”写了不止一次" in str(form.errors.get("signers", ""))) is not is_right


@pytest.mark.parametrize(
    ("bodies", "is_right"),
    [
        (("甲镇", "甲镇"), False),
        (("甲镇", ""), False),
        (("", "甲镇"), False),
        (("", ""), False),
        (("甲镇", "乙镇"), True),
        (("甲镇", "乙镇", ""), False),
    ],
)
def test_a_name_without_a_body_is_anybody_of_that_name(bodies: tuple[str, ...], is_right: bool):
    data = {"accused-TOTAL_FORMS": str(len(bodies)), "accused-INITIAL_FORMS": "0"}
    for number, body in enumerate(bodies):
        data |= {f"accused-{number}-name": "王某", f"accused-{number}-body": body}
    rows = rows_of(data)
    assert rows.is_valid()
    assert are_different_people(rows) is is_right
    last = rows.forms[-1].errors.get("name", "")
    assert ("前面已经写过一次" in str(last)) is not is_right
