"""The files of a form: those that are refused are named with their reason."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from intake.arriving.decoding.kept_files import AnyFile, OversizedFile, Uploads, content_of
from intake.citizen.forms.files_ahead import attachment_of, files_ahead, named_in
from intake.citizen.forms.form_sheet import Sheet
from intake.report import evidence
from intake.report.draft import Attachment
from intake.report.evidence import Offered

TOO_LARGE = "too_large"


class SeveralFiles(forms.FileInput):
    """All files that came under one name."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Uploads, name: str) -> list[AnyFile]:
        return files.getlist(name)


class ChosenFiles(forms.BoundField):
    """The field on a page. No page can give files back: all must be chosen again."""

    @property
    def good_names(self) -> Sequence[str]:
        """The files that were all right; none where too many or too much was chosen."""
        return list(self.form.good_names) if isinstance(self.form, TakesFiles) else []


class Files(forms.Field):
    """The files as they came: a form looks at them once it knows where they come from."""

    widget = SeveralFiles

    def __init__(self) -> None:
        super().__init__(required=False, label="证明材料")

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> ChosenFiles:
        return ChosenFiles(form, self, field_name)


class TakesFiles:
    """A form with a token and files: what a file is, is looked at on a genuine sheet alone."""

    sheet: Sheet
    offered: Sequence[Offered] = ()
    cleaned_data: dict[str, Any]
    errors: Any
    add_error: Any
    good_names: Sequence[str] = ()
    # What the form names of files that came ahead of it.
    came_ahead: str = ""

    def clean_attachments(self) -> tuple[Attachment, ...] | None:
        """The attachments of a draft; None where the sheet is none of ours."""
        if self.sheet.nonce is None:
            return None
        self.offered = offered = [_offered(file) for file in self.cleaned_data["attachments"]]
        looked = evidence.look_at(offered)
        is_too_much = evidence.is_too_much(offered)
        if not is_too_much:
            good = [one.offered.name for one in looked if one.seen]
            self.good_names = [evidence.clean_name(name) for name in good]
        sentences = evidence.problems_with(offered, looked)
        if sentences:
            code = TOO_LARGE if is_too_much else "refused"
            raise ValidationError([ValidationError(text, code=code) for text in sentences])
        return tuple(attachment_of(one.offered, one.seen) for one in looked if one.seen)

    def take_ahead(self) -> None:
        """Reads the files that came ahead: last, for it costs more than all the rest."""
        if not self.came_ahead or self.errors or self.sheet.nonce is None:
            return
        try:
            named = named_in(self.came_ahead)
            self.cleaned_data["attachments"] += files_ahead(named, self.sheet.nonce, self.offered)
        except ValidationError as error:
            self.add_error("attachments", error)
        self.came_ahead = ""


def good_and_refused(files: Sequence[AnyFile]) -> tuple[tuple[Attachment, ...], list[str]]:
    """The files that can be taken, and a sentence about those that cannot; none of too much."""
    offered = [_offered(file) for file in files]
    looked = evidence.look_at(offered)
    good = () if evidence.is_too_much(offered) else looked
    taken = tuple(attachment_of(one.offered, one.seen) for one in good if one.seen)
    return taken, evidence.problems_with(offered, looked)


def _offered(file: AnyFile) -> Offered:
    content = None if isinstance(file, OversizedFile) else content_of(file)
    return Offered(file.name or "", content, file.size or 0)
