"""What an item's page says of its end: its number in the archive, and what holds it back."""

from collections.abc import Iterator

from django.db.models import Q

from intake.choices import CLOSED_STATUSES, Status
from intake.models import AppraisalEntry, Hold, Submission


def end_facts(item: Submission) -> Iterator[tuple[str, str]]:
    """Name and words of each; only of what is closed, so that other pages ask nothing."""
    if item.status not in CLOSED_STATUSES:
        return
    if item.status != Status.CLOSED:
        entry = AppraisalEntry.objects.filter(submission=item, is_live=True).first()
        if entry is not None and entry.file_number:
            yield "档号", entry.file_number
        elif entry is not None and entry.reason:
            yield "不归档", str(entry.get_reason_display())
    whole = Q(submission=None, round=item.round_id)
    hold = Hold.objects.live().filter(whole | Q(submission=item)).select_related("set_by").first()
    if hold is not None:
        what = "这一件" if hold.submission_id else "整轮"
        yield "暂缓归档和销毁", f"{what}，{hold.set_by} {hold.set_at:%Y-%m-%d} 提出"
