"""The form with its rows of accused: as it stands, as typed, or over what others did."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http.request import QueryDict

from inspection.current import Published
from intake.admin.judging.judging_form import SHOWN, as_sent, data_over, differing, initial_of
from intake.admin.web_registration.web_form import WebForm, shown_of
from intake.admin.writing.case_form import (
    accused_in,
    are_different_people,
    number_in,
    rows_of,
)
from intake.admin.writing.in_words import said
from intake.casework.case_files import OpenedCase
from intake.casework.registering.sending_to import Sending
from intake.casework.registering.web_reports import Checked
from intake.choices import Category
from intake.models import StaffUser, Submission
from intake.report.case_words import ACCUSED_FIELDS, Accused

# What every page of the form carries.
VERSION, CASE_VERSION = "version", "initial-version"


@dataclass(slots=True, repr=False)
class WebSheet:
    """`main` is the row of the main accused; the versions are those that the page had shown."""

    form: WebForm
    rows: Any
    version: int
    case_version: int
    main: int = 0

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.rows.is_valid(), are_different_people(self.rows)])

    def has_errors(self) -> bool:
        return bool(self.form.errors or any(self.rows.errors) or self.rows.non_form_errors())

    def tell_no_errors(self) -> None:
        """For a page on which nothing was to be saved yet."""
        self.form.tell_no_errors()

    def accused(self) -> tuple[Accused, ...]:
        """Of a valid sheet."""
        return tuple(one for one in accused_in(self.rows, self.main) if one)

    def checked(self, sending: Sending) -> Checked:
        """Of a valid sheet."""
        typed, item = self.form.cleaned_data, self.form.item
        goes = sending.desk.pk != item.desk_id
        return Checked(
            judged=self.form.judged(),
            category=typed["category"],
            target=sending.target if goes else typed["target"],
            accused=self.accused(),
            abstract=typed["abstract"],
            signers=typed["signers"],
            desk=sending.desk if goes else None,
            why=typed.get("desk_reason") or sending.reason,
        )


def opened(item: Submission, case: OpenedCase, published: Published, by: StaffUser) -> WebSheet:
    """As it stands with the item and its case file."""
    form = WebForm(item, published, by, abstract=case.words.abstract)
    rows = rows_of(initial=_rows(case))
    rows.forms[0].fields["name"].widget.attrs["autofocus"] = True
    return WebSheet(form, rows, item.version, case.version)


def typed(
    item: Submission, case: OpenedCase, published: Published, by: StaffUser, data: Any
) -> WebSheet:
    """What came with the form, whether or not it is right."""
    form = WebForm(item, published, by, data, abstract=case.words.abstract)
    sheet = WebSheet(
        form,
        rows_of(data),
        number_in(data.get(VERSION, "")),
        number_in(data.get(CASE_VERSION, "")),
    )
    sheet.main = number_in(data.get("main", ""))
    return sheet


def whole_data(item: Submission, case: OpenedCase, sent: QueryDict) -> QueryDict:
    """What was sent; of a press without the form, that with the form as it stands."""
    data = sent.copy()
    if SHOWN in sent:
        return data
    for name, value in {**initial_of(item), **shown_of(item, case.words.abstract)}.items():
        data.setlist(name, as_sent(value))
        data.setlist(f"initial-{name}", as_sent(value))
    rows = _rows(case)
    data["accused-TOTAL_FORMS"] = data["accused-INITIAL_FORMS"] = str(len(rows))
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"accused-{number}-{name}"] = value
    data[VERSION], data[CASE_VERSION] = str(item.version), str(case.version)
    return data


def over(sheet: WebSheet, now: Submission, case: OpenedCase) -> WebSheet:
    """Over what others stored meanwhile; what was not touched here is as they left it."""
    form, abstract = sheet.form, case.words.abstract
    data = data_over(form, {**initial_of(now), **shown_of(now, abstract)})
    again = WebForm(now, form.published, form.by, data, abstract=abstract)
    return WebSheet(again, sheet.rows, now.version, case.version, sheet.main)


def differences(
    sheet: WebSheet, now: Submission, case: OpenedCase
) -> Iterator[tuple[str, str, str]]:
    """Label, what stands now, and what a valid sheet says."""
    yield from differing(now, sheet.form.judged())
    typed_now, kinds = sheet.form.cleaned_data, dict(Category.choices)
    pairs = {
        "巡察对象": (str(now.target or ""), str(typed_now["target"] or "")),
        "类别": (str(kinds.get(now.category, "")), str(kinds.get(typed_now["category"], ""))),
        "被反映人": (said("accused", case.words.accused), said("accused", sheet.accused())),
        "内容摘要": (case.words.abstract, typed_now["abstract"]),
        "联名人数": (str(now.signers or ""), str(typed_now["signers"] or "")),
    }
    for label, (theirs, own) in pairs.items():
        if theirs != own:
            yield label, theirs, own


def _rows(case: OpenedCase) -> list[dict[str, str]]:
    return [{name: getattr(one, name) for name in ACCUSED_FIELDS} for one in case.words.accused]
