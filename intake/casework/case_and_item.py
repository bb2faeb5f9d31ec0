"""What a case file means for its item: the rank that is counted, and the words that wait."""

from django.utils.translation import gettext as _

from intake.choices import Rank, Status
from intake.models import Submission
from intake.report.case_words import CaseWords


class ProposalStands(Exception):
    """What was proposed waits for approval, and is approved as it was sent; for the clerk."""


def refuse_another_proposal(item: Submission, before: CaseWords, after: CaseWords) -> None:
    """Whoever approves would else approve words of their own. Raises ProposalStands."""
    if item.status == Status.TO_APPROVE and after.proposal != before.proposal:
        raise ProposalStands(_("已经送审，拟办意见不能改。要改的，先撤回拟办，或者不同意。"))


def set_rank(item: Submission, before: CaseWords, after: CaseWords) -> dict[str, str]:
    """That of the main accused, which statistics count; gives what the event says of it.

    Where nobody has one any more, that of the former main accused goes; another, which was
    judged, stays.
    """
    counted, former, main = item.rank, before.main_accused, after.main_accused
    now = main.rank if main and main.rank in Rank.values else ""
    is_formers = former is not None and former.rank == counted
    if now == counted or not (now or is_formers):
        return {}
    item.rank = now
    told = {"from_rank": counted, "rank": now}
    return {name: rank for name, rank in told.items() if rank}
