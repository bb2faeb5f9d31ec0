"""The files of a form: each refused one is named with its reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from intake import evidence
from intake.draft import Attachment
from intake.evidence import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, Offered
from intake.uploads import AnyFile, OversizedFile, Uploads

TOO_LARGE = "too_large"


class SeveralFiles(forms.FileInput):
    """All files that came under one name."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Uploads, name: str) -> list[AnyFile]:
        return files.getlist(name)


class ChosenFiles(forms.BoundField):
    """The field on a page. No page can give files back: all must be chosen again."""

    @property
    def good_names(self) -> list[str]:
        """The files that were all right; none where too many or too much was chosen."""
        offered = [_offered(file) for file in self.data]
        if len(offered) > MAX_FILES or _is_too_much(offered):
            return []
        good = [file for file in offered if not self.errors or not evidence.check([file])]
        return [evidence.clean_name(file.name) for file in good]


class Files(forms.Field):
    """Gives the attachments of a draft, or says what is wrong with each file."""

    widget = SeveralFiles

    def __init__(self) -> None:
        super().__init__(required=False, label="证明材料")

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> ChosenFiles:
        return ChosenFiles(form, self, field_name)

    def clean(self, value: list[AnyFile]) -> tuple[Attachment, ...]:
        offered = [_offered(file) for file in value]
        sentences = evidence.check(offered)
        if sentences:
            code = TOO_LARGE if _is_too_much(offered) else "refused"
            raise ValidationError([ValidationError(text, code=code) for text in sentences])
        return tuple(_attachment(file) for file in offered)


def _offered(file: AnyFile) -> Offered:
    # A page may look at the files again after they were checked.
    file.seek(0)
    content = None if isinstance(file, OversizedFile) else file.read()
    return Offered(file.name or "", content, file.size or 0)


def _attachment(file: Offered) -> Attachment:
    content = file.content or b""
    kind = evidence.kind_of(content, file.name) or ""
    return Attachment(name=evidence.clean_name(file.name), kind=kind, content=content)


def _is_too_much(offered: list[Offered]) -> bool:
    """Whether files that are each small enough are too much together."""
    small_enough = [file.size for file in offered if file.size <= MAX_FILE_BYTES]
    return sum(small_enough) > MAX_TOTAL_BYTES
