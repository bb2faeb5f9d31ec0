"""What was read, field by field, as lines for whoever sits before a command. Pure."""

from bisect import bisect_right
from collections.abc import Iterator

from inspection.notice import Finding
from inspection.parsing.sources.field import Field
from inspection.parsing.sources.tracing import Traced

_HEADINGS = {"contacts": "联系方式", "drop_boxes": "举报箱", "round": "轮次和时间"}
_OTHER = "内容和规定"


def heading_of(field: Field) -> str:
    """Under which heading it stands: its team, or what it is about."""
    start = field.path.partition("[")[0].partition(".")[0]
    return field.group if start == "teams" else _HEADINGS.get(start, _OTHER)


def report_lines(text: str, traced: Traced) -> Iterator[str]:
    """Each field with its state and the line of its words, what is said of it below."""
    starts = _starts(text)
    last = ""
    for field in traced.fields:
        if (heading := heading_of(field)) != last:
            yield f"【{heading}】"
            last = heading
        yield f"  {field.label}：{field.value or '（没有写）'}  ［{_state(field, starts)}］"
        yield from (f"      {finding_line(one)}" for one in field.findings)
    if traced.others:
        yield "【核对】"
        yield from (f"  {finding_line(one)}" for one in traced.others)


def finding_line(finding: Finding) -> str:
    """'错误 第18行：…'."""
    where = f"第{finding.line}行：" if finding.line else ""
    return f"{finding.severity.facts} {where}{finding.message}"


def _state(field: Field, starts: list[int]) -> str:
    where = f"，第{bisect_right(starts, field.span.start)}行" if field.span else ""
    why = f"：{field.why}" if field.why and field.value else ""
    return f"{field.state.facts}{where}{why}"


def _starts(text: str) -> list[int]:
    """Where each line begins."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts
