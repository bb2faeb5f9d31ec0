"""Columns that came later: their values enter the chain in one event of the migration.

The events that made those rows say nothing of them, so that nobody could tell later whether
somebody had changed them. It takes the models as an argument, like `closing`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from intake.audit.chain import append, hold_the_end_of_the_chain
from intake.audit.keyed import print_of
from intake.choices import Action


def record_columns(
    get_model: Callable[[str, str], Any], columns: Mapping[str, str], *, at: datetime
) -> None:
    """Records {"desk": "kind"} of every row as it stands; nothing where there are no rows."""
    changed: dict[str, dict[str, dict[str, list[str]]]] = {}
    for name, column in columns.items():
        rows = get_model("intake", name).objects.order_by("pk").values_list("pk", column)
        prints = {pk: print_of(name, pk, column, value) for pk, value in rows}
        if prints:
            # Before and after are the same: the row had no other value that anybody knew.
            changed[name] = {str(pk): {column: [one, one]} for pk, one in prints.items()}
    if not changed:
        return
    hold_the_end_of_the_chain()
    append(
        get_model("intake", "auditevent"),
        action=Action.ADD_COLUMNS,
        at=at,
        detail={"count": sum(map(len, changed.values()))},
        covers={"changed": changed},
    )
