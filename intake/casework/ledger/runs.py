"""How far an export is: a row that tells another page, and by which it can be stopped."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F

from intake.choices import Edition, RunState
from intake.models import LedgerRun, StaffUser

# Each takes a thread of the server and half of a core for as long as it lasts.
MOST_AT_ONCE = 3
# A run of which nothing was heard for so long has died with its process.
SILENT = timedelta(minutes=2)


class CannotRun(ValueError):
    """Another export goes on; the message is for the clerk."""


class Ended(Exception):
    """The run must not go on; `state` says why."""

    def __init__(self, state: RunState) -> None:
        super().__init__(state)
        self.state = state


ONE_ALREADY = "您已经有一次导出正在进行。等它导完，或者先让它停下。"
TOO_MANY = "现在有好几个人在导出台账。请过几分钟再导。"


def begin(user: StaffUser, edition: Edition, total: int, *, real_at: datetime) -> LedgerRun:
    """In the transaction of the export's event. Raises CannotRun."""
    going = LedgerRun.objects.filter(state=RunState.RUNNING, seen_at__gt=real_at - SILENT)
    if going.filter(user=user).exists():
        raise CannotRun(ONE_ALREADY)
    if going.count() >= MOST_AT_ONCE:
        raise CannotRun(TOO_MANY)
    run, _is_new = LedgerRun.objects.update_or_create(
        user=user,
        defaults={
            "mark": uuid4(),
            "edition": edition,
            "state": RunState.RUNNING,
            "total": total,
            "done": 0,
            "is_to_stop": False,
            "started_at": real_at,
            "seen_at": real_at,
        },
    )
    return run


def note(run: LedgerRun, done: int, *, real_at: datetime) -> None:
    """On its own, so that other pages see it. Raises Ended where somebody stopped it."""
    mine = LedgerRun.objects.filter(pk=run.pk, mark=run.mark, state=RunState.RUNNING)
    if mine.filter(is_to_stop=False).update(done=done, seen_at=real_at):
        return
    raise Ended(RunState.STOPPED if mine.exists() else RunState.LOST)


def end(run: LedgerRun, state: RunState, *, real_at: datetime) -> None:
    """What became of it; a later run of the same member is left alone."""
    mine = LedgerRun.objects.filter(pk=run.pk, mark=run.mark, state=RunState.RUNNING)
    mine.update(state=state, seen_at=real_at)
    if state is RunState.DONE:
        LedgerRun.objects.filter(pk=run.pk, mark=run.mark).update(done=F("total"))


def ask_to_stop(user: StaffUser) -> bool:
    """Whether there was one that could be asked."""
    going = LedgerRun.objects.filter(user=user, state=RunState.RUNNING)
    return bool(going.update(is_to_stop=True))


def last_of(user: StaffUser, *, real_at: datetime) -> LedgerRun | None:
    """The last of a member, as it stands; one that died is said to be lost."""
    run = LedgerRun.objects.filter(user=user).first()
    if run and run.state == RunState.RUNNING and run.seen_at <= real_at - SILENT:
        run.state = RunState.LOST
    return run
