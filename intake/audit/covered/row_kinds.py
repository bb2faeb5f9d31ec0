"""What a table of covered rows says of one kind of row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from intake.models.stored_values import stored_values

# Why a column is left out.
KEY = "它就是这一行的名字"
SEALED = "核对时重新计算它的指纹"


@dataclass(frozen=True, slots=True)
class Covered:
    """A kind of row; `columns` has the name for people of each value that the chain covers.

    What citizens send adds no event: with `count_as` the next one records it.
    """

    model: type[Model]
    columns: Mapping[str, str]
    left_out: Mapping[str, str]
    unit: str = ""
    count_as: str = ""
    # What events of before a renaming call a column.
    formerly: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """'submission'."""
        return str(self.model._meta.model_name)

    @property
    def words(self) -> str:
        """'信访件'."""
        return str(self.model._meta.verbose_name)

    @property
    def is_chained_later(self) -> bool:
        """Whether rows come in without an event."""
        return bool(self.count_as)

    def rows(self) -> QuerySet[Any, Any]:
        """All rows of the kind, in the order of their keys."""
        return self.model._default_manager.order_by("pk")

    def stored(self, rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, Any, list[Any]]]:
        """Of each row its key, the event that recorded it, and its covered values."""
        chained_in = ("chained_in_id",) if self.is_chained_later else ()
        for pk, *values in stored_values(rows, "pk", *chained_in, *self.columns):
            event = values.pop(0) if chained_in else None
            yield pk, event, values
