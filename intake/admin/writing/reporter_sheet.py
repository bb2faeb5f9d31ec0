"""The form of 反映人, as it was opened, as it was typed, or after somebody else saved."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Self

from django import forms
from django.http.request import QueryDict
from django.utils.translation import gettext_lazy as _

from intake.admin.bare_text import BareText
from intake.admin.writing.case_form import number_in
from intake.admin.writing.decided_fields import Deciding, Line
from intake.casework.case_files import CaseChangedMeanwhile, Seen
from intake.casework.reporters import ShownReporter
from intake.choices import Way
from intake.models import Submission
from intake.report.case_words import REPORTER_FIELDS, Reporter
from intake.report.documents import UnreadableReport
from intake.report.on_paper.known_reporter import named_twice
from intake.report.on_paper.paper_facts import MOST_REPRESENTATIVES

# What the page had shown, and where others changed it since, what it had shown before that.
SHOWN, SHOWN_BEFORE = "initial-reporter", "initial-reporter-before"
VERSION = "initial-version"


def _names(field: str) -> forms.CharField:
    return forms.CharField(
        label=REPORTER_FIELDS[field],
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个姓名。"),
    )


class ReporterForm(forms.Form):
    """What a clerk knows of the reporter; never a number of an identity card."""

    name = BareText(label=REPORTER_FIELDS["name"], required=False, max_length=50)
    phone = BareText(label=REPORTER_FIELDS["phone"], required=False, max_length=50)
    address = BareText(label=REPORTER_FIELDS["address"], required=False, max_length=200)
    signers = _names("signers")
    representatives = _names("representatives")

    def __init__(self, item: Submission, data: Any = None, **options: Any) -> None:
        super().__init__(data, label_suffix="", **options)
        self.item = item
        if item.way != Way.VISIT:
            del self.fields["representatives"]

    def clean_signers(self) -> tuple[str, ...]:
        return self._each_once("signers")

    def clean_representatives(self) -> tuple[str, ...]:
        names = self._each_once("representatives")
        if len(names) > MOST_REPRESENTATIVES:
            raise forms.ValidationError(
                _("来访代表最多 %(most)d 人。"), params={"most": MOST_REPRESENTATIVES}
            )
        return names

    def _each_once(self, field: str) -> tuple[str, ...]:
        """One a line, nobody twice."""
        lines = (name.strip() for name in self.cleaned_data[field].splitlines())
        names = tuple(name for name in lines if name)
        if twice := named_twice(names):
            raise forms.ValidationError(
                _("%(field)s里“%(name)s”写了不止一次；不是同一个人，请写得能分清。"),
                params={"field": REPORTER_FIELDS[field], "name": twice[0]},
            )
        return names

    def reporter(self) -> Reporter:
        """Of a valid form; of what came on paper it stands in place of what was noted."""
        typed, replaces = self.cleaned_data, self.item.way != Way.WEB
        return Reporter(**{name: typed[name] for name in self.fields}, replaces=replaces)


class ReporterSheet:
    """`shown` is what stands; `before` what the first page showed, where another saved since."""

    def __init__(self, form: ReporterForm, shown: Reporter | None, version: int) -> None:
        self.form = form
        self.shown = shown
        self.version = version
        self.before: Reporter | None = None
        self.deciding = Deciding()

    @classmethod
    def opened(cls, item: Submission, found: ShownReporter) -> Self:
        return cls(_filled_in(item, found.registered), found.registered, found.version)

    @classmethod
    def typed(cls, item: Submission, data: QueryDict) -> Self:
        """What came with the form, whether or not it is right."""
        version = number_in(data.get(VERSION, ""))
        sheet = cls(ReporterForm(item, data), _carried(data, SHOWN), version)
        sheet.before = _carried(data, SHOWN_BEFORE)
        sheet.deciding = Deciding.typed(data, REPORTER_FIELDS)
        return sheet

    def after(self, changed: CaseChangedMeanwhile) -> "ReporterSheet":
        """Everything that was typed in this sheet, over what stands now."""
        form = _filled_in(self.form.item, changed.mine)
        sheet = ReporterSheet(form, changed.theirs, changed.version)
        sheet.before, sheet.deciding = self.shown, Deciding(changed.found)
        return sheet

    def is_valid(self) -> bool:
        """Also whether each field that two changed is decided."""
        if not self.form.is_valid() or self.shown is None or self.before is None:
            return self.form.is_valid()
        mine, asked = self.form.reporter(), tuple(self.form.fields)
        return self.deciding.is_done(asked, before=self.before, theirs=self.shown, mine=mine)

    def has_errors(self) -> bool:
        """Whether it was sent and refused; what was only put back is not judged."""
        return bool(self.form.errors or self.deciding.undecided)

    def reporter(self) -> Reporter:
        """Of a valid sheet."""
        return replace(self.form.reporter(), **self.deciding.theirs())

    def seen(self) -> Seen:
        return Seen(self.version, self.shown)

    def lines(self) -> Iterator[Line]:
        return self.deciding.lines(self.form)

    def hidden(self) -> Iterator[tuple[str, str]]:
        """What the page has to bring along, so that nothing is overwritten unseen."""
        yield VERSION, str(self.version)
        for name, known in ((SHOWN, self.shown), (SHOWN_BEFORE, self.before)):
            if known is not None:
                yield name, known.to_bytes().decode()


def _filled_in(item: Submission, known: Reporter) -> ReporterForm:
    texts = {"name": known.name, "phone": known.phone, "address": known.address}
    names = {"signers": known.signers, "representatives": known.representatives}
    lines = {name: "\n".join(several) for name, several in names.items()}
    return ReporterForm(item, initial={**texts, **lines})


def _carried(data: QueryDict, name: str) -> Reporter | None:
    try:
        return Reporter.from_bytes(data.get(name, "").encode())
    except UnreadableReport:
        return None
