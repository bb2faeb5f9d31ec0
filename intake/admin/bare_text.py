"""A field of the staff's forms for names and codes, which are often pasted out of a message."""

from typing import Any

from django.forms import CharField

from inspection.unseen import bare


class BareText(CharField):
    """Text without what nobody sees."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(bare(value) if isinstance(value, str) else value)
