"""Sending an item to another desk of its round. Audited.

Nothing here writes what a reporter wrote anywhere else than into a seal.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from inspection.models import Target
from intake import audit
from intake.access import Deed
from intake.casework import case_files
from intake.casework.moving.allowing import CannotMove
from intake.casework.moving.move_table import Through
from intake.casework.moving.moving import move
from intake.casework.numbering import hold_numbers, next_number
from intake.casework.together import helping, keeping_digests, recusing
from intake.casework.together.item_facts import open_report
from intake.casework.together.linked import live_link_of, live_repeats_of
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Action, DeskKind, NoteKind, Status
from intake.filing.dropping_copies import drop_copies
from intake.filing.files_anew import FilesAnew, files_anew
from intake.filing.resealing import Resealing
from intake.models import CopyMaking, Desk, StaffUser, Submission
from intake.report.draft import Report
from intake.staff.keyring import Keyring

_CHANGED = (
    "desk",
    "target",
    "route_reason",
    "version",
    "number",
    "number_series",
    "sealed",
    "sealed_digest",
)

_NOT_BEGUN = (Status.UNREGISTERED, Status.TO_ASSESS)


class CannotReroute(ValueError):
    """The item may not go to this desk; the message is for the clerk."""


def destinations(item: Submission, by: StaffUser) -> "QuerySet[Desk]":
    """Where this member may send an item: the round's desks that they see, and the head's."""
    seen = Desk.objects.visible_to(by).values("pk")
    others = Desk.objects.filter(Q(pk__in=seen) | Q(kind=DeskKind.HEAD), round=item.round_id)
    return others.exclude(pk=item.desk_id)


@dataclass(frozen=True, slots=True, repr=False)
class Rerouting:
    """An item on its way to another desk of its round, in two steps: its files are sealed before
    the transaction that names them.

    Unless only the seal is to change, what was judged is judged anew, and the reason goes sealed
    into the case file: else it stays `as_it_stands`, whatever became of it. `version` is what the
    page had.
    """

    submission: Submission
    to: Desk
    target: Target | None = None
    reason: str = ""
    version: int | None = None
    as_it_stands: bool = False

    def seal_ahead(self, anew: FilesAnew, *, keyring: Keyring, by: StaffUser) -> None:
        """Raises as `do` does, for all that can be seen by now."""
        if not by.may(Deed.REROUTE):
            raise CannotReroute(_("只有巡察办可以改派。"))
        if not self.as_it_stands and not self.reason.strip():
            raise CannotReroute(_("请写明为什么改派。"))
        item = self._as_it_is(Submission.objects.select_related("desk"))
        _refuse_what_may_not_go(item, self.to, self.target)
        secret = keyring.desk_secret(item.desk)
        _refuse_what_is_about_inspectors(open_report(item, secret), self.to)
        anew.ahead_of(item, secret, audit.recipient_of(self.to))

    def do(self, anew: FilesAnew, *, keyring: Keyring, by: StaffUser, at: datetime) -> None:
        """In the caller's transaction, at whose end the files are named.

        Whoever helped helps no more; what they told the lead goes with the item.
        Raises CannotReroute, and ChangedMeanwhile where it is not the `version` that was seen.
        """
        hold_numbers(self.submission.round_id)
        # The audit's own lock comes before the row's: its holder may go on to lock this one.
        audit.checkpoint(at=at)
        item = self._as_it_is(Submission.objects.select_for_update(no_key=True))
        _refuse_what_may_not_go(item, self.to, self.target)
        if self.as_it_stands:
            item.version += 1
        else:
            _refuse_what_is_linked(item)
            item = _begun_anew(item, self.reason.strip(), keyring=keyring, by=by, at=at)
        _reroute(item, self.to, self.target, keyring=keyring, by=by, at=at, anew=anew)

    def _as_it_is(self, rows: "QuerySet[Submission]") -> Submission:
        item = rows.get(pk=self.submission.pk)
        if self.version is not None and item.version != self.version:
            raise ChangedMeanwhile
        return item


def reroute(
    submission: Submission,
    *,
    to: Desk,
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
    target: Target | None = None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """Seals an item and all that belongs to it to another desk. The office's alone.

    New files are kept before the rows name them; the old ones go with the names that they had.
    Raises as `Rerouting.do` does.
    """
    rerouting = Rerouting(submission, to, target, reason, version)
    with files_anew() as anew:
        rerouting.seal_ahead(anew, keyring=keyring, by=by)
        with transaction.atomic():
            rerouting.do(anew, keyring=keyring, by=by, at=at)
            anew.are_named()


def _begun_anew(
    item: Submission, reason: str, *, keyring: Keyring, by: StaffUser, at: datetime
) -> Submission:
    """What another desk worked on is judged anew; the reason is kept before the seal changes."""
    words = f"改派理由：{reason}"
    if item.status not in _NOT_BEGUN:
        try:
            return move(
                item.pk,
                Status.TO_ASSESS,
                version=None,
                by=by,
                at=at,
                keyring=keyring,
                through=Through.REROUTING,
                reason=words,
            )
        except CannotMove as error:
            now = item.get_status_display()
            raise CannotReroute(_("这一件现在是“%s”，不能改派。") % now) from error
    case_files.add_note(item, keyring, kind=NoteKind.REASON, words=words, by=by, at=at)
    item.version += 1
    return item


def _reroute(
    item: Submission,
    to: Desk,
    target: Target | None,
    *,
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
    anew: FilesAnew,
) -> None:
    helping.end_all(item, by=by, at=at)
    before, stood = item.desk, case_files.open(item, keyring)
    secret = keyring.desk_secret(before)
    report = open_report(item, secret)
    _refuse_what_is_about_inspectors(report, to)
    drop_copies(CopyMaking.objects.filter(attachment__submission=item))
    resealing = Resealing(secret, to, anew)
    resealing.everything_of(item)
    item.desk, item.target = to, target or _kept_target(item, to)
    _renumber(item, to)
    item.route_reason = f"{by.get_role_display()}改派（原：{before}）"
    audit.record(
        Action.REROUTE,
        by=by,
        at=at,
        obj=item,
        desk=to,
        changed=[item, *resealing.parts],
        from_desk=str(before),
    )
    item.save(update_fields=_CHANGED)
    for part in resealing.parts:
        part.save(update_fields=resealing.FIELDS[type(part)])
    for row in resealing.reasons:
        row.save(update_fields=["sealed_reason"])
    if to.is_teams:
        case_files.take_over(item, keyring, stood, by=by, at=at)
    keeping_digests.renew(item, keyring, report=report)
    resealing.remove_old_files()


def _renumber(item: Submission, to: Desk) -> None:
    """Whoever does not see the head's desk must not count its numbers."""
    if item.number and item.number_series != to.number_series and not to.is_heads:
        item.number_series = to.number_series
        item.number = next_number(item.round, to.number_series)


def _refuse_what_may_not_go(item: Submission, to: Desk, target: Target | None) -> None:
    if not audit.is_genuine_desk(to):
        raise CannotReroute(_("这个受理席的封存公钥和设立时的不一样，不能改派过去。"))
    if to.kind == DeskKind.SUPERIOR:
        raise CannotReroute(_("不能改派给上级。"))
    if to.round_id != item.round_id:
        raise CannotReroute(_("只能改派到同一轮的受理席。"))
    is_kept_from_some = recusing.live_recusals_of(item).exists()
    if is_kept_from_some and not recusing.is_seen_by_somebody(item, to):
        raise CannotReroute(_("那里能看的人都回避了这一件，改派过去就没有人能看了。"))
    if to.pk == item.desk_id:
        raise CannotReroute(_("这一件已经在这个受理席。"))
    if item.transfer_entries.still_open().exists():
        # What stands on the list is sealed to the desk that made it, and names the item as its own.
        raise CannotReroute(
            _(
                "这一件在一份没有办完的移交清单或者立行立改通知书里。请先移出，或者等它办完，再改派。"
            )
        )
    if target is not None and target.team_id != to.team_id:
        raise CannotReroute(_("所选巡察对象不归这个受理席。"))


def _refuse_what_is_about_inspectors(report: Report, to: Desk) -> None:
    if report.about_inspectors and not to.is_heads:
        raise CannotReroute(_("反映巡察干部的信访件不经过任何巡察组，只能送主任席。"))


def _refuse_what_is_linked(item: Submission) -> None:
    if live_link_of(item) or live_repeats_of(item):
        raise CannotReroute(_("重复件和首件要在同一个受理席。请先取消关联，再改派。"))


def _kept_target(item: Submission, to: Desk) -> Target | None:
    """The body stays with the item only where its team goes with it."""
    return item.target if item.target and item.target.team_id == to.team_id else None
