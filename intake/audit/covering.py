"""What an event says of rows: which it made, changed or removed, as prints of their values.

{"columns": {"desk": ["round", ...]}, "made": {"desk": {"5": "prints, one behind another"}},
 "changed": {"submission": {"<id>": {"scope": ["print before", "print after"]}}},
 "removed": {"deskaccess": ["7"]}}
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from intake.audit.covered import BY_NAME, Covered
from intake.audit.event_table import kind_of
from intake.audit.keyed import print_of
from intake.choices import Action

Covers = dict[str, dict[str, Any]]


class NotCovered(TypeError):
    """The table of events does not let this deed do this to such a row."""


def covers_of(
    action: Action,
    *,
    made: Iterable[Model] = (),
    changed: Iterable[Model] = (),
    removed: Iterable[Model] = (),
) -> Covers:
    """`made` rows are stored already; `changed` ones are as they will be, `removed` still there."""
    covers: Covers = {}
    kind = kind_of(action)
    for row in made:
        add_made(covers, _covered(row, action, kind.makes), row.pk, _values(row))
    for row in removed:
        covered = _covered(row, action, kind.removes)
        covers.setdefault("removed", {}).setdefault(covered.name, []).append(str(row.pk))
    by_kind: dict[str, list[Model]] = {}
    for row in changed:
        by_kind.setdefault(str(row._meta.model_name), []).append(row)
    for name, rows in by_kind.items():
        if changes := _changes(BY_NAME[name], rows, action):
            covers.setdefault("changed", {})[name] = changes
    if by_kind and not covers:
        raise NotCovered(f"{action} changes nothing of {', '.join(by_kind)}; record before saving")
    return covers


def add_made(covers: Covers, covered: Covered, pk: object, values: Sequence[object]) -> None:
    """Adds a row that the event records, with the values of all columns of the table."""
    columns = list(covered.columns)
    covers.setdefault("columns", {})[covered.name] = columns
    prints = prints_of(covered.name, pk, columns, values)
    covers.setdefault("made", {}).setdefault(covered.name, {})[str(pk)] = prints


def prints_of(name: str, pk: object, columns: Iterable[str], values: Iterable[object]) -> str:
    """The prints of a row's values, one behind another."""
    pairs = zip(columns, values, strict=True)
    return "".join(print_of(name, pk, column, value) for column, value in pairs)


def _covered(row: Model, action: Action, allowed: Sequence[type[Model]]) -> Covered:
    covered = BY_NAME[str(row._meta.model_name)]
    if covered.model not in allowed:
        raise NotCovered(f"{action} neither makes nor removes a {covered.name} like this")
    return covered


def _values(row: Model, names: Iterable[str] | None = None) -> list[Any]:
    """The values as the database gives them back."""
    covered = BY_NAME[str(row._meta.model_name)]
    names = covered.columns if names is None else names
    fields = [row._meta.get_field(name) for name in names]
    return [field.to_python(getattr(row, field.attname)) for field in fields]  # type: ignore[union-attr]


def _changes(
    covered: Covered, rows: Sequence[Model], action: Action
) -> dict[str, dict[str, list[str]]]:
    """Compares the rows with what is stored of them, column by column."""
    columns = kind_of(action).changes.get(covered.model, ())
    keys = [row.pk for row in rows]
    stored = covered.rows().filter(pk__in=keys).values_list("pk", *columns)
    before = {pk: values for pk, *values in stored}
    changes: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        for column, old, new in zip(columns, before[row.pk], _values(row, columns), strict=True):
            prints = [print_of(covered.name, row.pk, column, value) for value in (old, new)]
            if prints[0] != prints[1]:
                changes.setdefault(str(row.pk), {})[column] = prints
    return changes
