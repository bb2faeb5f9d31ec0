"""What may be chosen, and the sentences about files that are not taken."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from intake.report.contents import Content, looked_through
from intake.report.evidence.describing import Sort
from intake.report.evidence.file_kinds import FOREIGN, KINDS, OF_ENDING, RECORDINGS
from intake.report.evidence.file_names import clean_name, numbers_of, promised_by
from intake.report.evidence.seeing import see
from intake.report.evidence.seen import Seen
from intake.report.report_limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, MEGABYTE

_ONE, _ALL = f"{MAX_FILE_BYTES // MEGABYTE} MB", f"{MAX_TOTAL_BYTES // MEGABYTE} MB"
LIMITS = f"最多 {MAX_FILES} 个，每个不超过 {_ONE}，合计不超过 {_ALL}"
NOT_TAKEN = (
    f"{'、'.join(foreign.called for foreign in FOREIGN)}不收。"
    "压缩包请先解开，再选里面的照片或者文件；网页请拍照或者截屏；别的文件也可以打印出来寄到公告上的信箱。"
)
LONG_RECORDING = (
    "可以先只交文字，把录下的事写清楚；录音、录像剪短了再补，"
    "或者拷在U盘里，当面交给工作人员，也可以寄到公告上的信箱。"
)
_LOST = "有的文件没有收下，请重新选一次。"
_TOO_LARGE = "请换成几张照片，或者分成几份；也可以先只交文字，以后再补。"


def _all_kinds() -> str:
    """照片（JPG、PNG、…）、录音（…）、…"""
    groups = {sort: [kind.called for kind in KINDS if kind.sort == sort] for sort in Sort}
    return "、".join(
        str(sort) if called == [sort] else f"{sort}（{'、'.join(called)}）"
        for sort, called in groups.items()
    )


ACCEPTED = _all_kinds()
_OTHER_KINDS = f"{NOT_TAKEN}可以接收：{ACCEPTED}。"
_ADVICE = (_OTHER_KINDS, LONG_RECORDING, _TOO_LARGE)


class Offered(NamedTuple):
    """A file of the form; `content` is None when it is too large to be kept."""

    name: str
    content: Content | None
    size: int


class Looked(NamedTuple):
    """A file that was looked at: as what it is called, what it is, and why it is not taken."""

    called: str
    offered: Offered
    seen: Seen | None
    problem: str

    @property
    def is_lost(self) -> bool:
        """Whether its content is not there though it was not too large by itself."""
        return self.offered.content is None and self.offered.size <= MAX_FILE_BYTES

    @property
    def is_good(self) -> bool:
        return self.seen is not None


def look_at(files: Sequence[tuple[str, Content | None, int]]) -> list[Looked]:
    """Each of the files, looked at once; none of them where there are too many."""
    if len(files) > MAX_FILES:
        return []
    numbers = numbers_of([name for name, _, _ in files])
    return [_looked(Offered(*file), number) for file, number in zip(files, numbers, strict=True)]


def problems_with(
    files: Sequence[tuple[str, Content | None, int]], looked: Iterable[Looked]
) -> list[str]:
    """A sentence about the files that are refused for each reason, and about all together."""
    if len(files) > MAX_FILES:
        return [f"最多上传 {MAX_FILES} 个文件，您选了 {len(files)} 个。"]
    looked, called = list(looked), dict[str, list[str]]()
    for one in looked:
        if one.problem:
            called.setdefault(one.problem, []).append(one.called)
    problems = ["、".join(names) + problem for problem, names in called.items()]
    if any(one.is_lost for one in looked) and not is_too_much(files):
        problems.append(_LOST)
    if is_too_much(files):
        problems.append(f"文件合计超过 {_ALL}，请少选几个或者分次补充。")
    return problems


def check(files: Sequence[tuple[str, Content | None, int]]) -> list[str]:
    """What is wrong with the files, in sentences."""
    return problems_with(files, look_at(files))


def is_too_much(files: Iterable[tuple[str, Content | None, int]]) -> bool:
    """Whether files that are each small enough are too much together."""
    return sum(size for _, _, size in files if size <= MAX_FILE_BYTES) > MAX_TOTAL_BYTES


def _looked(file: Offered, number: int) -> Looked:
    name = clean_name(file.name)
    called = f"“{name}”（第 {number} 个）" if number else f"“{name}”"
    seen = None
    if file.content is not None and file.content.size and file.size <= MAX_FILE_BYTES:
        with looked_through(file.content) as content:
            seen = see(content, file.name)
    return Looked(called, file, seen, "" if seen else _problem(file))


def _problem(file: Offered) -> str:
    if file.size > MAX_FILE_BYTES:
        kind = OF_ENDING.get(promised_by(file.name) or "")
        is_recording = kind is not None and kind.sort in RECORDINGS
        return f"超过 {_ONE}，收不下。{LONG_RECORDING if is_recording else _TOO_LARGE}"
    if file.content is None:
        # It was not kept because all of them together are too large, which is said once.
        return ""
    if not file.content.size:
        return "是空文件，请重新选择。"
    return f"不是可以接收的格式。{_OTHER_KINDS}"


def without_advice(sentence: str) -> str:
    """What is wrong, without what can be done instead."""
    for advice in _ADVICE:
        sentence = sentence.removesuffix(advice)
    return sentence
