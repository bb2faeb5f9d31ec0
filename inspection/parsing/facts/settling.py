"""What a clerk settles where the text leaves something out or contradicts itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

KEYS = ("year", "accepts_until", "accepts_from", "notice_date", "area_code")
_NAMES = {
    "year": "年份",
    "accepts_until": "受理信访截止日期",
    "accepts_from": "开始受理日期",
    "notice_date": "公告日期",
    "area_code": "电话区号",
}


class BadSetting(ValueError):
    """A setting of an unknown name or with an impossible value; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The clerk's values, checked."""

    year: int | None = None
    accepts_until: str | None = None
    accepts_from: str | None = None
    notice_date: str | None = None
    area_code: str | None = None

    def given(self) -> list[tuple[str, str]]:
        """What was settled: Chinese names and values."""
        return [
            (_NAMES[key], str(value)) for key in KEYS if (value := getattr(self, key)) is not None
        ]


def settle(values: Mapping[str, str]) -> Settled:
    """The settings checked. Raises BadSetting."""
    for key in values:
        if key not in KEYS:
            raise BadSetting(f"不认识的设置“{key}”，可用的有：{'、'.join(KEYS)}。")
    year = values.get("year")
    if year is not None and not re.fullmatch(r"(?:19|20)\d{2}", year, re.ASCII):
        raise BadSetting(f"年份要写成四位数字，例如 2025，不能是“{year}”。")
    area_code = values.get("area_code")
    if area_code is not None and not re.fullmatch(r"0\d{2,3}", area_code, re.ASCII):
        raise BadSetting(f"电话区号要写成 0635 这样的数字，不能是“{area_code}”。")
    days = {key: _day(key, values[key]) for key in KEYS[1:4] if key in values}
    return Settled(year=int(year) if year else None, area_code=area_code, **days)


def _day(key: str, value: str) -> str:
    refusal = f"{_NAMES[key]}要写成 2025-06-20 这样的日期，不能是“{value}”。"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise BadSetting(refusal)
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise BadSetting(refusal) from error
