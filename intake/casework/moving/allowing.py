"""Which rows of the table of moves an item and a member may use now."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from intake.casework.moving.move_table import (
    APPROVED_TO,
    CLOSED_FROM,
    MOVES,
    Move,
    Through,
    Whose,
    moves_between,
)
from intake.choices import SETTLED_BY_BODIES, Handling, Status
from intake.models import StaffUser, Submission, TransferEntry

_OF_ANSWERS = ("submission", "answered_on", "list__kind")

# Where a move is made that no button makes, said to whoever asks for it at an item.
_ELSEWHERE = {
    Through.APPRAISAL: _lazy(
        "归档、不归档要先列进鉴定清单，由两个人在清单上签名。请在“轮次结束”里制清单。"
    ),
}


class CannotMove(Exception):
    """The item cannot go there from where it is; the message is for the clerk."""


class MayNotMove(PermissionDenied):
    """The move exists, and is not for this member; the message is for the clerk."""


def moves_of(item: Submission, by: StaffUser) -> list[Move]:
    """What this member may do with the item now, by a button of its page, in the table's order."""
    return [
        move
        for move in MOVES
        if move.through is Through.PAGE
        and move.before == item.status
        and _fits(move, item)
        and _is_for(move, item, by)
    ]


def with_answers() -> Any:
    """For many items at once: what `moves_of` and `allowed_move` ask of each beside its columns."""
    answered = TransferEntry.objects.filter(answered_on__isnull=False)
    return Prefetch("transfer_entries", answered.select_related("list").only(*_OF_ANSWERS))


def allowed_move(item: Submission, to: str, by: StaffUser, through: Through) -> Move:
    """The row that this member uses. Raises CannotMove or MayNotMove."""
    known = moves_between(item.status, to, through)
    fitting = [move for move in known if _fits(move, item)]
    if not fitting:
        if item.status == to:
            raise CannotMove(_("这一件本来就是“%s”。") % item.get_status_display())
        _refuse_what_goes_elsewhere(item, to, by)
        now, there = item.get_status_display(), dict(Status.choices).get(to, to)
        raise CannotMove(
            _("这一件现在是“%(now)s”，不能改成“%(there)s”。") % {"now": now, "there": there}
        )
    for move in fitting:
        if _is_for(move, item, by):
            _refuse_without_notice(move, item)
            return move
    raise MayNotMove(_why_not(fitting, by))


def _refuse_what_goes_elsewhere(item: Submission, to: str, by: StaffUser) -> None:
    """Raises with the place, where that is one of those that are said."""
    for through, words in _ELSEWHERE.items():
        if rows := moves_between(item.status, to, through):
            if any(_is_for(row, item, by) for row in rows):
                raise CannotMove(str(words))
            raise MayNotMove(f"{_why_not(list(rows), by)}{words}")


def _fits(move: Move, item: Submission) -> bool:
    """Whether the row is one for this item: its desk, and what was proposed or done before."""
    if move.at not in (None, item.desk.kind) or move.not_at == item.desk.kind:
        return False
    if move.before == Status.TO_APPROVE and move.to in APPROVED_TO.values():
        return bool(item.proposed) and APPROVED_TO[Handling(item.proposed)] == move.to
    if move.before == Status.CLOSED and move.is_back:
        return CLOSED_FROM.get(item.handled_as) == move.to
    return move.is_answered is None or move.is_answered == _is_answered(item)


def _is_answered(item: Submission) -> bool:
    """Whether the body answered a notice about it in writing; no query once prefetched."""
    return any(
        entry.answered_on is not None and entry.list.is_fix for entry in item.transfer_entries.all()
    )


def _refuse_without_notice(move: Move, item: Submission) -> None:
    """What no body may settle itself would stand there without the notice that belongs to it."""
    is_decision = move.to == APPROVED_TO[Handling.FIX] and not move.is_back
    if is_decision and item.nature and item.nature not in SETTLED_BY_BODIES:
        nature = item.get_nature_display()
        raise CannotMove(
            _(
                "这一件是“%s”，不能发立行立改通知书，所以不能立行立改。请不同意，改用别的处理方式；"
                "性质判错了的，先改甄别。"
            )
            % nature
        )


def _is_for(move: Move, item: Submission, by: StaffUser) -> bool:
    is_proposer = item.proposed_by_id is not None and item.proposed_by_id == by.pk
    whose = {
        Whose.ANYBODYS: True,
        Whose.NOT_THE_PROPOSERS: not is_proposer,
        Whose.THE_PROPOSERS: is_proposer,
    }
    return by.may(move.deed) and whose[move.whose]


def _why_not(moves: list[Move], by: StaffUser) -> str:
    own = any(by.may(move.deed) and move.whose is Whose.NOT_THE_PROPOSERS for move in moves)
    if own:
        return _("自己拟办的，要由别人审批。")
    return _("这一步不归您办。")
