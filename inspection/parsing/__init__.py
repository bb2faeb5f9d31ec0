"""A published text read into a Notice. Pure: no database, no clock, no settings."""

from collections.abc import Mapping

from inspection.notice import Notice
from inspection.parsing.checks.date_checks import check_dates
from inspection.parsing.checks.self_checks import check
from inspection.parsing.facts.settling import BadSetting, settle
from inspection.parsing.facts.whole_notice import Reading, read, round_of, teams_of
from inspection.parsing.text.extent import find_notice
from inspection.parsing.text.from_bytes import decode
from inspection.parsing.text.not_a_notice import NotANotice

__all__ = ["BadSetting", "NotANotice", "decode", "parse"]


def parse(text: str, settled: Mapping[str, str] | None = None) -> Notice:
    """The notice in a published text, with findings on how it was read.

    `settled` holds what a clerk decided: year, accepts_until, accepts_from,
    notice_date, area_code. Raises NotANotice for a text without a notice and
    BadSetting for a setting that cannot be.
    """
    decided = settle(settled or {})
    reading = read(find_notice(text), decided)
    _require_reception(reading)
    return Notice(
        round=round_of(reading),
        teams=teams_of(reading),
        contacts=tuple(entry.contact for entry in reading.contacts),
        drop_boxes=tuple(entry.box for entry in reading.boxes),
        focus=reading.focus,
        special_checks=reading.special_checks,
        rules=reading.rules,
        findings=(*check_dates(reading), *check(reading)),
        text=reading.text,
    )


def _require_reception(reading: Reading) -> None:
    """A text that says neither how nor until when reports are received is no notice."""
    if (
        reading.contacts
        or reading.boxes
        or reading.rules.channels
        or reading.timing.first("accepts")
    ):
        return
    reason = "这段文字提到了巡察，但没有说明怎样反映问题、受理到什么时候，不是巡察公告。"
    raise NotANotice(reason, reading.extent.title_line)
