"""What a person typed, made readable: the base of the citizen's forms."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from inspection import unseen
from intake.arriving.decoding.kept_files import Uploads
from intake.report import evidence

_NOT_TICKED = frozenset({"", "0", "false", "off", "no"})

# The button that gives the sheet back in the other size of type, and what it says of a sheet on
# which something was marked as wrong.
RESIZE, MARKED = "resize", "marked"

UNREADABLE = _("这里有看不见的控制字符或者乱码，我们已经去掉。请看看文字对不对，再提交。")
TOO_LONG = _("这张表里的字太多，收不下。请删短一些，或者分两次交。")


class Words(forms.CharField):
    """Words of a person: too long is told with the count, and lines are kept only where asked."""

    def __init__(self, *, longest: int, has_lines: bool = False, **options: Any) -> None:
        super().__init__(strip=True, **options)
        self.longest = longest
        self.has_lines = has_lines

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        # Splitting a text that is refused anyway would take fifty times its memory.
        is_far_too_long = len(text) > 100 * self.longest
        return text if self.has_lines or is_far_too_long else " ".join(text.split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(
                _("最多写 %(longest)d 个字，现在是 %(count)d 个字，请删短一些。"),
                code="too_long",
                params={"longest": self.longest, "count": len(value)},
            )


class NumberText(Words):
    """A number as typed; whatever unseen was copied along with it is no mistake."""

    def prepare(self, value: str) -> str:
        return unseen.bare(value)


class Tick(forms.BooleanField):
    """A box that is ticked or not."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> bool:
        return bool(value)

    def prepare(self, value: str) -> str:
        return "on" if self.means_yes(value) else ""

    @staticmethod
    def means_yes(value: str) -> bool:
        """Whether a value that was sent ticks the box."""
        return value.strip().lower() not in _NOT_TICKED


class _SharedFields(dict[str, forms.Field]):
    """Fields that no form changes; to copy them for each request made it take a sixth longer."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class TypedForm(forms.Form):
    """Validates what was typed and keeps it readable to be given back; it renders nothing."""

    def __init__(
        self,
        data: Mapping[str, str] | None,
        files: Uploads | None = None,
        *,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        """`data` holds what was typed; a blank form has None, and perhaps `initial` choices."""
        self.base_fields = _SharedFields(type(self).base_fields)  # type: ignore[misc]
        self.unreadable: list[str] = []
        typed = None
        if data is not None:
            typed = {name: self._prepared(name, data.get(name, "")) for name in self.base_fields}
        super().__init__(typed, files, initial=dict(initial or {}))

    def _prepared(self, name: str, value: str) -> str:
        if not value:
            return value
        prepare = getattr(self.base_fields[name], "prepare", str)
        cleaned, was_unreadable = unseen.readable(prepare(value))
        if was_unreadable:
            self.unreadable.append(name)
        return cleaned

    def _clean_fields(self) -> None:
        """As Django's own, but without a page's part for each field: few forms are shown again."""
        for name, field in self.fields.items():
            try:
                value = field.widget.value_from_datadict(self.data, self.files, name)
                self.cleaned_data[name] = field.clean(value)
                clean_further = getattr(self, f"clean_{name}", None)
                if clean_further is not None:
                    self.cleaned_data[name] = clean_further()
            except ValidationError as error:
                self.add_error(name, error)

    def clean(self) -> dict[str, Any]:
        for name in self.unreadable:
            self.add_error(name, ValidationError(UNREADABLE, code="unreadable"))
        return self.cleaned_data

    def add_error(self, field: str | None, error: Any) -> None:
        """Django's forms stay in memory for a while, and a traceback holds what was checked."""
        if isinstance(error, ValidationError):
            error.__traceback__ = error.__context__ = None
        super().add_error(field, error)

    def full_clean(self) -> None:
        """A form that is refused keeps no file: Django's forms stay in memory for a while."""
        super().full_clean()
        if self.errors:
            self.cleaned_data.pop("attachments", None)

    def stay_as_it_was(self, how: str) -> None:
        """For the other size of type: tells what is wrong only where the sheet told it before."""
        if how != MARKED:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def let_go(self) -> None:
        """Ends a form that has been shown. It and its fields refer to each other, so that all
        would stay in memory until Python looks for such circles.
        """
        self.data, self.files = {}, MultiValueDict()
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]

    def tell_too_long(self) -> None:
        """All words together are too many; said once, if the narrative alone is too long."""
        if not self.has_error("narrative", "too_long"):
            self.add_error("narrative", ValidationError(TOO_LONG, code="too_long"))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the element to go to, sentence) in the order of the page."""
        ordered = [name for name in self.fields if name in self.errors]
        found = [(name, _short(error)) for name in ordered for error in self.errors[name]]
        return found + [("submit", str(error)) for error in self.non_field_errors()]


def _short(error: object) -> str:
    """A sentence for the list on top: what could be done instead stands at the field."""
    return evidence.without_advice(str(error)).removesuffix("。") + "。"
