"""Whether a row's texts fit their columns, the same in every database."""

from django.db.models import Model

from inspection.loading.refusals import CannotLoad

_SHOWN = 20


def require_fit(row: Model) -> None:
    """Raises CannotLoad for a text longer than its column: SQLite would take it in silence."""
    for column in row._meta.concrete_fields:
        value, most = getattr(row, column.attname), column.max_length
        if isinstance(value, str) and most is not None and len(value) > most:
            raise CannotLoad(
                f"{row._meta.verbose_name}“{_start(str(row))}”的{column.verbose_name}太长："
                f"有{len(value)}个字，最多{most}个字。公告写的是“{_start(value)}”。什么也没有改。"
            )


def _start(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
