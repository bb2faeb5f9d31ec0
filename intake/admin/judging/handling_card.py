"""What the page of an item shows of its way: its station, what to do now, its judging."""

from dataclasses import dataclass
from typing import Any

from intake.access import Deed
from intake.admin.items.item_lines import moment
from intake.admin.judging.judging_form import JudgingForm, facts_in_words
from intake.admin.judging.move_form import MoveForm
from intake.admin.writing.case_card import DamagedCase
from intake.casework.case_files import OpenedCase
from intake.casework.moving.allowing import moves_of
from intake.casework.moving.judging import SETTLED
from intake.casework.moving.needed import not_judged
from intake.casework.moving.voiding_by_two import pending_of, who_can_confirm
from intake.choices import HANDLED_IN, Handling, NoteKind, Status
from intake.models import StaffUser, Submission, Voiding


@dataclass(frozen=True, slots=True)
class Stage:
    """One station of an item's way."""

    words: str
    is_past: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """A request to void it, and whether this member may confirm it."""

    row: Voiding
    is_own: bool


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """The latest opinion, reason or result, which whoever goes on must read."""

    kind: str
    by: str
    at: str
    words: str


# What somebody waits for who has nothing to do here.
WAITING_FOR = {
    Status.UNREGISTERED: "先登记，给编号。",
    Status.TO_APPROVE: "等组长或者巡察办主任审批。",
    Status.RETURNED: "等巡察办改派。",
    Status.TO_TRANSFER: "等巡察办列入移交清单。",
    Status.TRANSFERRED: "等接收单位签收。",
    Status.ACKNOWLEDGED: "等接收单位反馈。",
    Status.REPEAT: "这一件并入了另一件，看那一件的办理。",
    Status.CLOSED: "等巡察办列进归档或者不归档的清单，由两个人签名。",
}
DONE = "已经办完。"
DAMAGED = "办理卷打不开，可能已经损坏。请告诉系统管理员，不要反复试。"
MOST_NAMED = 6
_DEEDS = (NoteKind.PROPOSAL, NoteKind.APPROVAL, NoteKind.RESULT, NoteKind.REASON)


def handling_context(
    item: Submission, user: StaffUser, case: OpenedCase | DamagedCase | None
) -> dict[str, Any]:
    """For the partials in `submission/handling/`; without a case file nothing sealed is shown."""
    waiting = pending_of(item)
    result = case.words.result if isinstance(case, OpenedCase) else ""
    moves = moves_of(item, user) if waiting is None else []
    forms = [MoveForm(move, result=result) for move in moves]
    may_judge = user.may(Deed.JUDGE) and item.status not in SETTLED
    asks = waiting is not None or any(form.move.to == Status.VOIDED for form in forms)
    asker = waiting.asked_by if waiting else user
    return {
        "way": way_of(item),
        "said": said_last(item, case) if case else None,
        "waits_for": WAITING_FOR.get(Status(item.status), DONE),
        "move_forms": [form for form in forms if not form.move.is_last],
        "rare_forms": [form for form in forms if form.move.is_last],
        "pending": Pending(waiting, waiting.asked_by_id == user.pk) if waiting else None,
        "may_void": user.may(Deed.VOID),
        "who_confirms": who_confirms(item, asker) if asks else "",
        "may_appraise": item.status == Status.CLOSED and user.may(Deed.ARCHIVE),
        "unjudged": not_judged(item) if item.status == Status.TO_ASSESS and not waiting else [],
        "judged": facts_in_words(item),
        "judging_form": JudgingForm(item) if may_judge else None,
    }


def who_confirms(item: Submission, asker: StaffUser) -> str:
    """By whom a voiding can be confirmed, or how somebody comes to be able to."""
    people = who_can_confirm(item, asked_by=asker)
    if people:
        names = "、".join(one.told_apart for one in people[:MOST_NAMED])
        more = f" 等 {len(people)} 人" if len(people) > MOST_NAMED else ""
        return f"作废要另一个人确认。现在能确认的：{names}{more}。"
    who = "另一位可以审批的巡察办成员" if item.desk.is_heads else "另一位成员"
    return (
        f"作废要另一个人确认，现在还没有别人能看到这一件。请先在“受理席授权”里给{who}"
        f"授权{item.desk}，再由他登录确认。"
    )


def said_last(item: Submission, case: OpenedCase | DamagedCase) -> Said | None:
    """Out of the case file, which was opened together with the item."""
    if isinstance(case, DamagedCase):
        return Said("办理卷", "", "", DAMAGED)
    for note in reversed(case.words.notes):
        if note.kind in _DEEDS:
            kind = str(NoteKind(note.kind).label)
            return Said(kind, note.by, moment(note.at, item.round.zone), note.words)
    return None


def way_of(item: Submission) -> list[Stage]:
    """From registering to the archive, with the statuses of the way in which it is handled."""
    handled = item.handled_as or item.proposed
    middle = HANDLED_IN[Handling(handled)] if handled else ()
    end = Status.NOT_ARCHIVED if item.status == Status.NOT_ARCHIVED else Status.ARCHIVED
    stations = [Status.UNREGISTERED, Status.TO_ASSESS, Status.TO_APPROVE, *middle]
    stations += [Status.CLOSED, end]
    words = [str(one.label) for one in stations]
    if not middle:
        words.insert(3, "办理")
    if item.status not in stations:
        # It has left the way: a side status stands at the end of what it had passed.
        return [Stage(words[0], True, False), Stage(str(item.get_status_display()), False, True)]
    now = words.index(str(Status(item.status).label))
    return [Stage(one, place < now, place == now) for place, one in enumerate(words)]
