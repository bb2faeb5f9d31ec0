"""Teams that help another with an item: one has answered, and the other is still to begin."""

from datetime import datetime

from inspection.models import Round
from intake.casework import case_files
from intake.casework.case_files import Seen
from intake.casework.together import helping, opinions
from intake.choices import DeskKind, Status
from intake.demo.actors import Actors
from intake.demo.invented_texts import MARK
from intake.models import Desk, Submission
from intake.report.case_words import CaseWords

HELPERS = 2


def ask_for_help(round_: Round, actors: Actors, *, at: datetime) -> None:
    """The office asks two teams; what the first found is for the lead, its case file its own."""
    inquiring = Submission.objects.filter(
        round=round_, status=Status.INQUIRING, desk__kind=DeskKind.TEAM
    ).select_related("desk", "round")
    item = inquiring.order_by("-desk__team__order", "-number").first()
    if item is None:
        return
    office = actors.at(Desk.objects.of_offices().get(round=round_)).clerk
    desks = list(helping.may_help(item)[:HELPERS])
    for desk in desks:
        helping.add(item, desk, keyring=office.keyring, by=office.user, at=at)
    for desk in desks[:1]:
        clerk = actors.at(desk).clerk
        words = CaseWords(abstract=f"本组看的单位也用过同一家公司{MARK}")
        case_files.save(item, clerk.keyring, words=words, seen=Seen(0), by=clerk.user, at=at)
        told = f"查了本组单位的合同，同一家公司中标三次，价格都高于市价，建议一并了解{MARK}"
        opinions.give(item, clerk.keyring, words=told, by=clerk.user, at=at)
