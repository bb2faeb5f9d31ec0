"""The word of each code of a closed list."""

from functools import cache

from django.db.models import TextChoices


def word_of(codes: type[TextChoices], code: str) -> str:
    """'' for none; of a code that no list knows any more, itself."""
    return _words(codes).get(code, code)


@cache
def _words(codes: type[TextChoices]) -> dict[str, str]:
    """Translated once: asked anew for each cell, they would be most of the work of a long one."""
    return {str(one.value): str(one.label) for one in codes}
