"""The digests by which repeats are found follow from a desk's identity: a new one, new digests."""

import logging

from django.db import transaction

from intake.casework.together import keeping_digests
from intake.casework.together.item_facts import open_report
from intake.models import DeskRotation, ItemDigest, Submission
from intake.report.documents import UnreadableReport
from intake.sealing.unsealing import CannotOpen

logger = logging.getLogger(__name__)
_MOST = 10


def digests_anew(rotation: DeskRotation, secret: str) -> bool:
    """Of a few items behind the place where the walk is; whether there was any.

    Damaged items have none: their own page says what is wrong with them.
    """
    left = Submission.objects.filter(desk=rotation.desk).order_by("pk")
    if rotation.last:
        left = left.filter(pk__gt=rotation.last)
    rows = list(left.select_related("desk", "target").prefetch_related("case_files")[:_MOST])
    if not rows:
        return False
    with transaction.atomic():
        here = DeskRotation.objects.running().select_for_update()
        held = here.filter(pk=rotation.pk, kind=rotation.kind, last=rotation.last).first()
        if held is None:
            return True
        for item in rows:
            _renew(item, secret)
        held.last = str(rows[-1].pk)
        held.seen += len(rows)
        held.save()
    return True


def _renew(item: Submission, secret: str) -> None:
    had_some = ItemDigest.objects.filter(submission=item).exists()
    if not had_some:
        # Nobody has opened it yet: it is compared when somebody does.
        return
    try:
        keeping_digests.keep(item, secret, open_report(item, secret))
    except (CannotOpen, UnreadableReport):
        logger.warning("item %s keeps no digests: it does not open", item.pk)
        ItemDigest.objects.filter(submission=item).delete()
