"""Which item repeats which, as it stands now."""

from intake.models import RepeatLink, Submission


def live_link_of(item: Submission) -> RepeatLink | None:
    """The link by which an item repeats another."""
    found = RepeatLink.objects.live().filter(repeat=item)
    return found.select_related("lead__round", "made_by").first()


def live_repeats_of(item: Submission) -> list[RepeatLink]:
    """The links of the items that repeat this one, in the order in which they were made."""
    found = RepeatLink.objects.live().filter(lead=item).order_by("made_at", "pk")
    return list(found.select_related("repeat__round", "made_by").defer("repeat__sealed"))
