"""Rows that no fact of the notice asks for any more, and the keys by which rows and facts meet."""

from inspection.loading.differences import Facts, Key
from inspection.models import ContactPoint, DropBox, FocusTopic, Round, Target


def contact_key(row: ContactPoint) -> Key:
    """The key of a contact's facts."""
    return ("联系方式", row.kind, row.value, row.team.name if row.team else "")


def box_key(row: DropBox) -> Key:
    """The key of a box's facts."""
    if row.number is None:
        return ("举报箱", "", row.location)
    return ("举报箱", "号", str(row.number))


def focus_key(row: FocusTopic) -> Key:
    """The key of a topic's facts."""
    return ("巡察重点", row.kind, row.heading)


def remove_places(round_: Round, facts: Facts) -> None:
    """Boxes, contacts and topics without a fact."""
    for box in round_.boxes.all():
        if box_key(box) not in facts:
            box.delete()
    for contact in round_.contacts.select_related("team"):
        if contact_key(contact) not in facts:
            contact.delete()
    for topic in round_.focus.all():
        if focus_key(topic) not in facts:
            topic.delete()


def remove_bodies(round_: Round, facts: Facts) -> None:
    """Bodies and teams without a fact: last, when no box and no contact points to them any more."""
    for target in Target.objects.filter(team__round=round_):
        if ("巡察对象", target.name) not in facts:
            target.delete()
    for team in round_.teams.all():
        if ("巡察组", team.name) not in facts:
            team.delete()
