"""Published texts for the parser's tests: the real page and invented notices."""

from pathlib import Path
from typing import Any

from inspection.notice import Finding, Notice
from inspection.parsing import parse

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data"
PAGE = (ROOT / "seeds" / "liaocheng-daily-2025-03.txt").read_text(encoding="utf-8")

NOTICE = """（虚构公告，仅供测试）

三届县委第五轮巡察公告

经县委批准，三届县委第五轮巡察共对2个乡镇党组织开展常规巡察。现将有关事项公告如下。

一、时间安排

自2026年3月下旬开始，至2026年6月下旬结束。受理信访时间截止至2026年6月20日。

二、联系方式

信访电话：0999-6210001（工作日8:30—18:00）
举报箱位置：
1. 青石镇政府门口西侧
2. 柳泉乡政府门口东侧

中共岚东县委巡察工作领导小组办公室

2026年3月28日

巡察组\t巡察对象
县委第一巡察组\t青石镇
县委第二巡察组\t柳泉乡
"""


def invented(name: str) -> str:
    """One of the invented notices."""
    return (DATA / "notices" / f"{name}.txt").read_text(encoding="utf-8")


def read_json(text: str, **settled: str) -> dict[str, Any]:
    """A text read, in the contract's form."""
    return parse(text, settled).to_json()


def codes(notice: Notice) -> list[str]:
    """The codes of a notice's findings."""
    return [finding.code for finding in notice.findings]


def finding(text: str, code: str, **settled: str) -> Finding:
    """The one finding with this code."""
    (found,) = [entry for entry in parse(text, settled).findings if entry.code == code]
    return found
