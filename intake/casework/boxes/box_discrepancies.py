"""Openings whose registered letters are not as many as were counted. Audited.

Such an opening stays on the start page until one of the two people has said why and the other
agreed; with the next letter that is registered the explanation fits no more. Where one of the two
has left, a head of the office stands in; where both have, any two of the office settle it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q

from intake import audit
from intake.access import Deed
from intake.casework.boxes.box_openings import CannotOpenBox, held, refuse_what_was_not_seen, save
from intake.choices import Action, Status
from intake.models import BoxOpening, DeskAccess, StaffUser
from intake.models.work.box_opening import BoxOpeningQuerySet
from intake.report.opening_words import OpeningWords
from intake.sealing.sealing import seal
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring

_EXPLAINED = ("explained_by", "explained_at", "explained_count", "agreed_by", "agreed_at")


def explain(
    key: UUID, explanation: str, *, seen: str, keyring: Keyring, by: StaffUser, at: datetime
) -> BoxOpening:
    """One of the two says why the letters are not as many; the other must agree anew."""
    with transaction.atomic():
        opening = held(key, by, at)
        _refuse_who_was_not_there(opening, by)
        letters = opening.letters_that_count().count()
        if letters == opening.count:
            raise CannotOpenBox("explanation", "登记的件数和取出的件数一样，不用说明。")
        refuse_what_was_not_seen(opening, seen)
        words = OpeningWords(_opened(opening, keyring).damage, explanation)
        opening.sealed = seal(words.to_bytes(), audit.recipient_of(opening.desk))
        opening.sealed_digest = audit.fingerprint(opening.sealed)
        opening.explained_by, opening.explained_at = by, at
        opening.explained_count = letters
        opening.agreed_by = opening.agreed_at = None
        changed = (*_EXPLAINED, "sealed", "sealed_digest")
        said = {"found": opening.count, "letters": letters}
        save(opening, Action.EXPLAIN_BOX, changed, by=by, at=at, **said)
    return opening


def agree(key: UUID, *, seen: str, by: StaffUser, at: datetime) -> BoxOpening:
    """The other of the two stands for the explanation as well. Raises CannotOpenBox."""
    with transaction.atomic():
        opening = held(key, by, at)
        _refuse_who_was_not_there(opening, by)
        if opening.explained_by_id is None:
            raise CannotOpenBox("", "还没有说明，请先写明原因。")
        if opening.explained_by_id == by.pk:
            raise CannotOpenBox("", "说明要两个人，说明人不能自己同意。")
        if opening.agreed_by_id is not None:
            raise CannotOpenBox("", "已经同意过了。")
        if opening.explained_count != opening.letters_that_count().count():
            raise CannotOpenBox("", "说明以后又有登记，件数变了，请重新说明。")
        refuse_what_was_not_seen(opening, seen)
        opening.agreed_by, opening.agreed_at = by, at
        save(opening, Action.AGREE_BOX, ("agreed_by", "agreed_at"), by=by, at=at)
    return opening


def read(opening: BoxOpening, *, keyring: Keyring, by: StaffUser, at: datetime) -> OpeningWords:
    """The free words of the record, opened in memory; that they were read is an event."""
    words = _opened(opening, keyring)
    with transaction.atomic():
        audit.record(Action.READ_BOX, by=by, at=at, obj=opening, desk=opening.desk)
    return words


def counted(user: StaffUser) -> BoxOpeningQuerySet:
    """The openings that the member may see, each with how many letters are `registered`."""
    stands = ~Q(letters__status=Status.VOIDED)
    return BoxOpening.objects.visible_to(user).annotate(registered=Count("letters", filter=stands))


def in_discrepancy() -> Q:
    """Of those that are `counted`: which differ, and nobody has settled it."""
    settled = Q(agreed_by__isnull=False, explained_count=F("registered"))
    return Q(confirmed_by__isnull=False) & ~Q(count=F("registered")) & ~settled


def _opened(opening: BoxOpening, keyring: Keyring) -> OpeningWords:
    secret = keyring.desk_secret(opening.desk)
    return OpeningWords.from_bytes(open_sealed(bytes(opening.sealed), secret))


def may_settle(opening: BoxOpening, by: StaffUser) -> bool:
    """Whether the member was there, or stands in for one of the two who opens nothing any more."""
    both = {opening.recorded_by_id, opening.confirmed_by_id}
    if by.pk in both:
        return True
    here = DeskAccess.objects.able().filter(desk=opening.desk_id, user__in=both)
    gone = both - set(here.order_by().values_list("user", flat=True))
    if len(gone) < len(both):
        # Who is still there is one of the two who settle it.
        is_second = opening.explained_by_id is None or opening.explained_by_id in (*both, by.pk)
        return bool(gone) and by.may(Deed.APPROVE) and is_second
    return by.may(Deed.OPEN_BOXES)


def _refuse_who_was_not_there(opening: BoxOpening, by: StaffUser) -> None:
    if not opening.is_confirmed:
        raise CannotOpenBox("", "这份开箱记录还没有第二个人确认。")
    if not may_settle(opening, by):
        raise CannotOpenBox("", "只有开箱的两个人可以说明；有人离开了的，由负责人代替。")
