"""What a clerk noted in a report and may correct later; how a reporter is reached is none of it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from intake.report.documents import facts_in, to_bytes
from intake.report.on_paper.paper_facts import PaperFacts

# The word of each, for the audit, which says these and no content.
TOLD_FIELDS = {
    "origin_detail": "来源细目",
    "original_number": "来文编号",
    "started": "通话开始",
    "ended": "通话结束",
    "recorded": "录音",
    "place": "村（社区）或下属单位",
    "happened": "时间、地点",
    "withhold_identity": "移交时不附姓名和电话",
}
_BESIDE_PAPER = ("place", "happened", "withhold_identity")


def told_in(opened: bytes) -> dict[str, Any]:
    """By the names of TOLD_FIELDS. Raises UnreadableReport."""
    document = facts_in("report", opened)
    paper = {**asdict(PaperFacts()), **document.get("paper", {})}
    return {name: document[name] if name in _BESIDE_PAPER else paper[name] for name in TOLD_FIELDS}


def with_told(opened: bytes, told: Mapping[str, Any], target_code: str | None) -> bytes:
    """The bytes to seal again: all else stays as it was. Raises UnreadableReport."""
    document = facts_in("report", opened)
    noted = {name: value for name, value in told.items() if name not in _BESIDE_PAPER}
    beside = {name: value for name, value in told.items() if name in _BESIDE_PAPER}
    paper = PaperFacts.from_document({**document.pop("paper", {}), **noted})
    as_noted = {"paper": paper.as_document()} if paper else {}
    return to_bytes("report", **{**document, **beside, "target_code": target_code}, **as_noted)
