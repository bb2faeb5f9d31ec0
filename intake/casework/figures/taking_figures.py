"""Takes the figures out of the site, as a file or on paper. Audited before the bytes leave."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from intake import audit
from intake.access import Deed
from intake.audit.event_table.signed_events import FIGURE_FORMS
from intake.casework.figures.comparing_rounds import HIDDEN, share
from intake.casework.figures.figure_sheet import FigureSheet, Row
from intake.casework.figures.figure_table import TIMES
from intake.choices import Action
from intake.models import StaffUser
from intake.papers.figure_workbook import Column, FigureTables, SheetLine, workbook_of

TITLE = "信访举报统计表"
XLSX, PRINT = FIGURE_FORMS


def workbook(sheet: FigureSheet, *, by: StaffUser, at: datetime) -> bytes:
    """An xlsx. Raises PermissionDenied."""
    content = workbook_of(_tables(sheet, by=by, at=at), at=at.astimezone(sheet.asked.round.zone))
    note_taken(sheet, XLSX, by=by, at=at)
    return content


def note_taken(sheet: FigureSheet, form: str, *, by: StaffUser, at: datetime) -> None:
    """The event; whoever asks for the figures gets them after it. Raises PermissionDenied."""
    if not by.may(Deed.SEE_STATISTICS):
        raise PermissionDenied
    with transaction.atomic():
        audit.record(
            Action.TAKE_STATISTICS,
            by=by,
            at=at,
            obj=sheet.asked.round,
            # The office's own where it is among them: it is the last, and all are named.
            desk=sheet.asked.desks[-1],
            where="、".join(map(str, sheet.asked.desks)),
            form=form,
            days=sheet.span.words,
            times=sheet.total.numbers.get(TIMES, 0),
            made_for=_names(sheet).get(sheet.made_for, "自己用"),
        )


def about_of(sheet: FigureSheet, *, by: StaffUser, at: datetime) -> tuple[str, ...]:
    """What stands under the title of what leaves the site."""
    made = at.astimezone(sheet.asked.round.zone)
    compared = f"上一轮：{sheet.before_words}" if sheet.before else "没有上一轮可比"
    given = (f"给{_names(sheet)[sheet.made_for]}的一份",) if sheet.made_for else ()
    return (
        *given,
        sheet.asked.round.title,
        f"收件日期：{sheet.span.words}",
        compared,
        f"{made:%Y-%m-%d %H:%M} {by} 统计",
    )


def _tables(sheet: FigureSheet, *, by: StaffUser, at: datetime) -> FigureTables:
    columns = tuple(
        Column(block.title, figure.words, figure.unit, figure.means, block.note)
        for block, figure in sheet.figures
    )
    days = tuple(sorted(sheet.days.items()))
    return FigureTables(TITLE, about_of(sheet, by=by, at=at), columns, _lines(sheet), days)


def _lines(sheet: FigureSheet) -> tuple[SheetLine, ...]:
    """The sums with their shares and changes, then each row."""
    figures = list(sheet.figures)
    shares = [sheet.share_of(block, figure) for block, figure in figures]
    before = [sheet.number_before(block, figure) for block, figure in figures]
    now = [sheet.total.numbers.get(figure.code, 0) for _, figure in figures]
    pairs = list(zip(now, before, strict=True))
    own = tuple(
        value if block.on_own else None
        for (block, _), value in zip(figures, _values(sheet, sheet.own), strict=True)
    )
    return (
        SheetLine(sheet.total.words, _values(sheet, sheet.total)),
        SheetLine(sheet.own.words, own),
        SheetLine("占比", tuple(share(*one) if one else None for one in shares), is_share=True),
        SheetLine("上一轮", tuple(before)),
        SheetLine("比上一轮", tuple(None if old is None else new - old for new, old in pairs)),
        SheetLine(
            "比上一轮（%）",
            tuple(None if old is None else share(new - old, old) for new, old in pairs),
            is_share=True,
        ),
        *(SheetLine(row.words, _values(sheet, row), is_body=row.is_body) for row in sheet.rows),
    )


def _names(sheet: FigureSheet) -> dict[str, str]:
    return {row.code: row.words for row in sheet.rows}


def _values(sheet: FigureSheet, row: Row) -> tuple[int | str, ...]:
    return tuple(
        HIDDEN if sheet.is_hidden(block, row) else row.numbers.get(figure.code, 0)
        for block, figure in sheet.figures
    )
