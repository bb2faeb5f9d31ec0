"""Notice -> rows: one transaction, idempotent, and never over a person's correction.

    notice = read_notice(text, settled)      # with what a person settled before
    outcome = load(notice, settled=settled, update=False)

The round remembers how its notice was last read. So a later load can tell what the text
changed from what staff corrected: the first is applied with `update`, the second is kept
and listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from django.db import transaction
from django.db.models import ProtectedError, Q

from inspection.loading.differences import Facts, Merged, decide, facts_of, merge
from inspection.loading.notice_of_rows import as_stored, last_reading, notice_of
from inspection.loading.refusals import CannotLoad, StillInUse
from inspection.loading.renames import find_renames
from inspection.loading.row_writing import write_parts, write_round
from inspection.loading.search_keys import is_code_of
from inspection.loading.stored_reading import stored_form
from inspection.models import Round, Target
from inspection.notice import Finding, Notice
from inspection.parsing import parse

__all__ = [
    "CannotLoad",
    "Outcome",
    "StillInUse",
    "find_round",
    "fingerprint",
    "load",
    "open_errors",
    "read_notice",
    "rehearse",
]
Status = Literal["loaded", "unchanged", "differs", "updated"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load did. The three lists are Chinese lines for a clerk.

    `changes` is what the text changed, `corrections` what staff changed, `conflicts`
    what both changed: there staff's words stay.
    """

    status: Status
    round: Round
    changes: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def read_notice(text: str, settled: Mapping[str, str]) -> tuple[Notice, dict[str, str]]:
    """The notice in a text, read with what a person settled now or at an earlier load."""
    notice = parse(text, settled)
    round_ = find_round(notice)
    remembered = {**round_.settled, **settled} if round_ else dict(settled)
    return (parse(text, remembered) if remembered != settled else notice), remembered


def find_round(notice: Notice) -> Round | None:
    """The round that this notice announced, if it is loaded."""
    same = Q(slug=notice.round.slug) | Q(source_sha256=fingerprint(notice))
    return Round.objects.filter(same).order_by("id").first()


def fingerprint(notice: Notice) -> str:
    """The digest of the notice's own text."""
    return sha256(notice.text.encode()).hexdigest()


def open_errors(notice: Notice, round_: Round | None) -> tuple[Finding, ...]:
    """The errors that nobody settled: a round that is loaded was loaded in spite of its own."""
    last = last_reading(round_) if round_ else None
    settled = {(one.code, one.message) for one in last.errors} if last else set()
    return tuple(one for one in notice.errors if (one.code, one.message) not in settled)


def load(
    notice: Notice,
    *,
    corrected: Notice | None = None,
    settled: Mapping[str, str] | None = None,
    update: bool = False,
    hidden: bool = False,
) -> Outcome:
    """Stores the notice, or says how it differs from what is stored.

    `corrected` is what a person made of it beforehand: corrections of staff from the first day.
    With `hidden` a new round is there for staff to preview; one that is loaded stays as it is.
    Raises CannotLoad for a notice with errors or one that does not fit what is stored,
    StillInUse where a dropped body has reports.
    """
    try:
        with transaction.atomic():
            round_ = find_round(notice)
            if errors := open_errors(corrected or notice, round_):
                raise CannotLoad("；".join(finding.message for finding in errors))
            if round_ is None:
                return _create(notice, corrected, settled or {}, hidden=hidden)
            return _reload(round_, notice, corrected, settled or {}, update=update)
    except ProtectedError as error:
        users = sorted({str(row._meta.verbose_name) for row in error.protected_objects})
        raise StillInUse(
            f"公告删去的巡察组或巡察对象还有关联的{'、'.join(users)}，不能删除，什么也没有改。"
        ) from error


def rehearse(
    notice: Notice, *, corrected: Notice | None = None, settled: Mapping[str, str]
) -> Outcome:
    """What loading or updating would do, and what it refuses; nothing stays of it."""
    with transaction.atomic():
        outcome = load(notice, corrected=corrected, settled=settled, update=True)
        transaction.set_rollback(True)
    return outcome


def _create(
    notice: Notice, corrected: Notice | None, settled: Mapping[str, str], *, hidden: bool
) -> Outcome:
    round_ = Round(slug=notice.round.slug, is_public=not hidden)
    read = facts_of(as_stored(notice))
    merged = merge({}, {}, read)
    if corrected is not None:
        merged = merge(read, facts_of(as_stored(corrected)), read)
    _store(round_, merged, notice, settled)
    return Outcome("loaded", round_, corrections=tuple(merged.corrections))


def _reload(
    round_: Round,
    notice: Notice,
    corrected: Notice | None,
    settled: Mapping[str, str],
    *,
    update: bool,
) -> Outcome:
    merged = _merged(round_, notice, corrected)
    status: Status = "unchanged"
    if merged.changes or merged.conflicts:
        status = "differs"
    if status == "differs" and update:
        _store(round_, merged, notice, settled)
        status = "updated"
    elif status == "unchanged" and dict(settled) != round_.settled:
        Round.objects.filter(pk=round_.pk).update(settled=dict(settled))
    return Outcome(
        status, round_, tuple(merged.changes), tuple(merged.corrections), tuple(merged.conflicts)
    )


def _merged(round_: Round, notice: Notice, corrected: Notice | None) -> Merged:
    """What the text and staff each changed; a row that staff renamed is followed."""
    now = facts_of(as_stored(notice_of(round_)))
    new = facts_of(as_stored(notice))
    reading = last_reading(round_)
    last = facts_of(as_stored(reading)) if reading else now
    renames = find_renames(last, now, new, _published_names(round_, last))
    merged = merge(renames.follow(last), now, renames.follow(new))
    merged.corrections[:0] = renames.corrections(new)
    if corrected is not None:
        decided = facts_of(as_stored(corrected))
        decide(merged, renames.follow(new), renames.follow(decided))
    return merged


def _published_names(round_: Round, last: Facts) -> dict[str, str]:
    """Bodies of today, each with the name under which the last reading brought it."""
    names = [key[1] for key in last if key[0] == "巡察对象"]
    codes = Target.objects.filter(team__round=round_).values_list("name", "code")
    return {
        today: name
        for today, code in codes
        for name in names
        if is_code_of(code, round_.slug, name)
    }


def _store(round_: Round, merged: Merged, notice: Notice, settled: Mapping[str, str]) -> None:
    round_.settled = dict(settled)
    round_.source_sha256 = fingerprint(notice)
    round_.source_notice = stored_form(notice)
    round_.findings = notice.to_json()["findings"]
    write_round(round_, merged.facts)
    round_.save()
    write_parts(round_, merged.facts)
