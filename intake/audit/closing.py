"""Closes what was written before there was a key, or under a key that is lost.

The events before it stay as they are, linked by their digests alone. What the closing event
records counts from now on as genuine, so whoever closes must have checked it before. It takes
the models as an argument, because a migration closes too, with the models of its time.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from intake.audit.chain import append, hold_the_end_of_the_chain
from intake.audit.covered import COVERED, Covered
from intake.audit.covering import Covers, prints_of
from intake.audit.history import History
from intake.audit.recipients import desk_code, key_code
from intake.choices import Action, DeskKind


class CannotClose(Exception):
    """The old part must not be closed as it stands; the message says why."""


GetModel = Callable[[str, str], Any]


def close(get_model: GetModel, *, at: datetime) -> Any:
    """Appends the closing event, whose sequence is its own; the caller holds the chain's end."""
    _sign_recipients(get_model)
    covers: Covers = {}
    for covered in COVERED:
        try:
            model = get_model("intake", covered.name)
        except LookupError:
            # A kind of rows that came later: at the time of the migration there were none.
            continue
        if covered.is_chained_later:
            model.objects.exclude(chained_in=None).update(chained_in=None)
        elif model.objects.exists():
            _add_all(covers, covered, model)
    events = get_model("intake", "auditevent")
    before = events.objects.count()
    return append(
        events, action=Action.CLOSE_CHAIN, at=at, detail={"events": before}, covers=covers
    )


def _sign_recipients(get_model: GetModel) -> None:
    for desk in get_model("intake", "desk").objects.all():
        # The model of that time may not know kinds: then there were only teams and the office.
        kind = getattr(desk, "kind", DeskKind.TEAM)
        desk.recipient_code = desk_code(desk.round_id, kind, desk.team_id, desk.recipient)
        desk.save(update_fields=["recipient_code"])
    for key in get_model("intake", "staffkey").objects.all():
        key.recipient_code = key_code(key.user_id, key.recipient)
        key.save(update_fields=["recipient_code"])


def _add_all(covers: Covers, covered: Covered, model: Any) -> None:
    """Columns that the model of that time does not have yet are passed over."""
    known = {field.name for field in model._meta.concrete_fields}
    columns = [name for name in covered.columns if name in known]
    covers.setdefault("columns", {})[covered.name] = columns
    covers.setdefault("made", {})[covered.name] = {
        str(pk): prints_of(covered.name, pk, columns, values)
        for pk, *values in model.objects.order_by("pk").values_list("pk", *columns)
    }


def close_lost(get_model: GetModel, *, noted: str, at: datetime) -> Any:
    """Closes what was written under a lost key; `noted` is a head that was kept on paper.

    Raises CannotClose when the key is not lost, or the old part is not the one that was noted.
    """
    hold_the_end_of_the_chain()
    history = History(noted)
    history.read()
    if not history.forged:
        raise CannotClose("所有记录的校验码都对得上，AUDIT_KEY 没有丢。")
    if history.forged != list(range(1, len(history.forged) + 1)):
        raise CannotClose("有的记录校验码对得上，后面却有对不上的：不是丢了密钥，请先查清楚。")
    if history.problems:
        raise CannotClose("\n".join(history.problems))
    if not history.noted_seen:
        raise CannotClose("抄下的指纹不在链上：记录可能被截掉，或者整条链被重做过。")
    return close(get_model, at=at)
