"""Reads a table back with another library than the one that wrote it."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

FORMULA = "f"


def sheets_in(content: bytes) -> Any:
    """The workbook; whatever is a formula stands in it as one."""
    return load_workbook(BytesIO(content))


def rows_in(content: bytes) -> list[dict[str, Any]]:
    """Of the first sheet, by heading."""
    head, *rows = sheets_in(content).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def told_in(content: bytes) -> dict[str, str]:
    """What the second sheet says of it."""
    return dict(sheets_in(content).worksheets[1].iter_rows(values_only=True, max_col=2))
