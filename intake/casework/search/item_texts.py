"""The texts of an opened item that are looked through, each with what it is called. Pure.

What tells who reported is no part of it: that is shown alone, with a reason, and never searched.
"""

from collections.abc import Callable, Iterator

from intake.report.case_words import CASE_FIELDS, CaseWords
from intake.report.draft import AttachmentNote, Report, SupplementReport
from intake.report.transfer_words import ENTRY_FIELDS, EntryWords

# What it is called, and its words.
Text = tuple[str, str]
_CASE = "办理卷"


def of_report(opened: bytes) -> Iterator[Text]:
    """Raises UnreadableReport."""
    report = Report.from_bytes(opened)
    yield "反映内容", report.narrative
    yield "反映的是谁", report.subject
    yield "时间和地点", report.happened
    yield "具体地方", report.place
    yield "来源细目", report.paper.origin_detail
    yield "原编号", report.paper.original_number
    yield from _names(report.attachments, "材料的文件名")


def of_supplement(opened: bytes) -> Iterator[Text]:
    """Raises UnreadableReport."""
    supplement = SupplementReport.from_bytes(opened)
    yield "补充材料", supplement.narrative
    yield from _names(supplement.attachments, "补充材料的文件名")


def of_case(opened: bytes) -> Iterator[Text]:
    """Raises UnreadableReport."""
    words = CaseWords.from_bytes(opened)
    for name, label in CASE_FIELDS.items():
        if name == "accused":
            for one in words.accused:
                yield f"{_CASE}：{label}", "，".join(filter(None, (one.name, one.post, one.body)))
        else:
            yield f"{_CASE}：{label}", getattr(words, name)
    for note in words.notes:
        yield f"{_CASE}：办理意见", note.words


def of_entry(opened: bytes) -> Iterator[Text]:
    """What a receiver reads of it. Raises UnreadableReport."""
    words = EntryWords.from_bytes(opened)
    for name, label in ENTRY_FIELDS.items():
        yield f"移交清单：{label}", getattr(words, name)


def _plain(label: str) -> Callable[[bytes], Iterator[Text]]:
    """Of what is words and nothing else."""
    return lambda opened: iter([(label, opened.decode(errors="replace"))])


def _names(notes: tuple[AttachmentNote, ...], label: str) -> Iterator[Text]:
    for note in notes:
        yield label, note.name


# How each kind of sealed bytes is read.
READERS: dict[str, Callable[[bytes], Iterator[Text]]] = {
    "report": of_report,
    "supplement": of_supplement,
    "case": of_case,
    "entry": of_entry,
    "opinion": _plain("协办意见"),
    "pause": _plain("暂停期限的理由"),
    "extension": _plain("延长期限的理由"),
    "appraisal": _plain("归档、不归档的说明"),
}
