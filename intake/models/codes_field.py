"""A column that holds a few codes of a list."""

from collections.abc import Iterable
from typing import Any

from django.db import models


class CodesField(models.CharField):  # type: ignore[type-arg]
    """Codes between bars ('|personnel|ideology|'), so that any database finds one of them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 200, "blank": True, "default": "", **options})


def as_codes(codes: Iterable[str]) -> str:
    """As the column stores them, each once, in their order."""
    kept = list(dict.fromkeys(codes))
    return f"|{'|'.join(kept)}|" if kept else ""


def codes_in(stored: str) -> list[str]:
    """The codes of a stored value."""
    return [code for code in stored.split("|") if code]
