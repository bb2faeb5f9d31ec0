"""What came over the web for the level above goes up as a sealed matter. Audited.

It is sealed to the superior's desk, whose identity stands in the superior's part of the recovery
file alone: the office hands on what it cannot read, and learns nothing but that it came.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from intake import audit
from intake.access import Deed
from intake.casework.sealed import sealed_matters
from intake.casework.viewing import unhurried
from intake.choices import Action
from intake.keeping import sealed_files
from intake.models import Attachment, Desk, SealedMatter, StaffUser, Submission
from intake.report.report_limits import PIECE
from intake.retention.zip_pieces import AS_IT_IS, Entry, zipped

HOW_TO_OPEN = """这是封给上级的网上来件，巡察办打不开。

用恢复文件里“上级”的那一份身份（以 AGE-SECRET-KEY- 开头的一行，存成 identity.txt），
在不联网的电脑上用 age 程序逐个打开：

    age -d -i identity.txt -o 来件.json 来件.age

来件.json 和 补充-*.json 是文字（UTF-8）；里面的 attachments 按顺序写着各份材料的名称和格式，
材料-*.age 打开以后就是原来的文件。
"""


def waiting_items(by: StaffUser) -> "QuerySet[Submission]":
    """Sealed to the superior of the own rounds, and no matter yet; oldest first."""
    rounds = Desk.objects.visible_to(by).of_offices().values("round")
    waiting = Submission.objects.for_the_superior().filter(round__in=rounds, sealed_matter=None)
    return waiting.select_related("round").defer("sealed").order_by("received_at", "pk")


def take_up(item_id: UUID, *, by: StaffUser, at: datetime) -> SealedMatter:
    """Makes a matter of one that its doer keeps. Raises Submission.DoesNotExist, also if taken."""
    if not by.may(Deed.KEEP_SEALED_MATTERS):
        raise PermissionDenied
    with transaction.atomic():
        # Whoever records holds the end of the chain, so that one is not taken up twice.
        audit.checkpoint(at=at)
        item = waiting_items(by).get(pk=item_id)
        return sealed_matters.keep(
            item.round,
            item.received_at.astimezone(item.round.zone).date(),
            by,
            expected=sealed_matters.next_number(item.round),
            item=item,
            by=by,
            at=at,
        )


def sealed_bundle(matter: SealedMatter, *, by: StaffUser, at: datetime) -> Iterator[bytes]:
    """All that came, sealed as it is stored, in one file to hand on, which comes piece by piece.

    Nothing of it is opened.
    """
    with transaction.atomic():
        desk = sealed_matters.office_of(matter.round, by)
        if matter.submission is None:
            raise SealedMatter.DoesNotExist
        for row in matter.submission.attachments.all():
            # One that is gone is told before anything is taken.
            sealed_files.opened(row.sealed_file).close()
        number = matter.number
        audit.record(Action.TAKE_SEALED, by=by, at=at, obj=matter, desk=desk, number=number)
    return zipped(_parts_of(matter.submission), at=at, level=AS_IT_IS)


def _parts_of(item: Submission) -> Iterator[Entry]:
    yield "怎么打开.txt", HOW_TO_OPEN.encode()
    yield "来件.age", bytes(item.sealed)
    yield from _files("材料", item.attachments.filter(supplement=None))
    for place, added in enumerate(item.supplements.order_by("received_at", "id"), start=1):
        yield f"补充-{place:02d}.age", bytes(added.sealed)
        yield from _files(f"补充-{place:02d}-材料", added.attachments.all())


def _files(name: str, attachments: "QuerySet[Attachment]") -> Iterator[Entry]:
    for place, row in enumerate(attachments.order_by("position"), start=1):
        with unhurried.opened(row.sealed_file) as sealed:
            yield f"{name}-{place:02d}.age", iter(partial(sealed.read, PIECE), b"")
