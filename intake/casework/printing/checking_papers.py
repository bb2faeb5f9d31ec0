"""Whether a paper that somebody brings is one that this site printed, with not a word changed."""

from dataclasses import dataclass
from datetime import datetime

from intake.choices import Action, PaperCode
from intake.models import AuditEvent
from intake.papers.marked_paper import mark_of, read_marks


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """`differs` names what is not as it was printed; empty for a genuine one."""

    name: str
    number: str
    differs: tuple[str, ...]
    printed_at: datetime | None = None
    printed_by: str = ""

    @property
    def is_genuine(self) -> bool:
        return not self.differs


def check_paper(content: bytes) -> CheckedPaper:
    """Compares the file's words, its own digest and the log. Raises NoPaper for another file."""
    marks = read_marks(content)
    printed = AuditEvent.objects.filter(
        action=Action.PRINT_PAPER, detail__paper_number=marks.number
    )
    event = printed.select_related("actor").defer("covers").first()
    names = {code.value: str(code.label) for code in PaperCode}
    name = names.get(marks.kind, "")
    if event is None:
        return CheckedPaper(name, marks.number, ("编号：这个网站没有打印过这个编号的文书",))
    said = event.detail
    differs = []
    if said.get("paper") != marks.kind:
        differs.append(f"种类：打印的是《{names.get(str(said.get('paper')), '')}》")
    if said.get("paper_digest") != marks.digest:
        differs.append("核对码：和打印时记下的不一样")
    if said.get("paper_digest") not in (marks.found, marks.found_before):
        differs.append("文字：和打印时不一样，后来改动过")
    if marks.feet != {mark_of(name, marks.number, marks.digest)}:
        differs.append("页脚：名称、编号或者核对码和打印时不一样")
    who = str(event.actor or "")
    return CheckedPaper(name, marks.number, tuple(differs), event.at, who)
