"""The digests beside an item, made anew whenever its content is opened or changed."""

from collections.abc import Iterable

from django.db.models import Q

from intake.casework.repeats import ItemFacts, Trait, digest_key, digests_of
from intake.casework.together.item_facts import facts_of, open_report
from intake.models import Desk, ItemDigest, Submission
from intake.report.draft import Report
from intake.sealing.unsealing import identities_in
from intake.staff.keyring import Keyring, NoDeskAccess


def renew(item: Submission, keyring: Keyring, *, report: Report | None = None) -> ItemFacts | None:
    """Keeps exactly the digests that follow from the item now; inside the caller's transaction.

    Gives the facts that they are of. Where the member does not open the item's desk there are none
    until somebody opens it there. Raises CannotOpen or UnreadableReport.
    """
    try:
        secret = keyring.desk_secret(item.desk)
    except NoDeskAccess:
        ItemDigest.objects.filter(submission=item).exclude(desk=item.desk_id).delete()
        return None
    return keep(item, secret, report or open_report(item, secret))


def keep(item: Submission, secret: str, report: Report) -> ItemFacts:
    """As `renew`, for whoever holds the secret of the item's desk."""
    facts = facts_of(item, report, secret)
    key = digest_key(identities_in(secret)[0])
    wanted = {(trait.value, digest.hex()) for trait, digest in digests_of(facts, key)}
    known = {
        (row.desk_id, row.trait, row.digest): row.pk
        for row in ItemDigest.objects.filter(submission=item)
    }
    here = {(item.desk_id, *pair) for pair in wanted}
    stale = [pk for key, pk in known.items() if key not in here]
    if stale:
        ItemDigest.objects.filter(pk__in=stale).delete()
    new = [
        ItemDigest(submission=item, desk=item.desk, trait=trait, digest=digest)
        for trait, digest in sorted(wanted)
        if (item.desk_id, trait, digest) not in known
    ]
    # Two members may open one item at the same moment.
    ItemDigest.objects.bulk_create(new, ignore_conflicts=True)
    return facts


def matches(facts: ItemFacts, desks: Iterable[tuple[Desk, str]]) -> dict[object, set[Trait]]:
    """By the key of an item: in what it has the same digest, at the desks with their secrets."""
    same = Q(pk__in=())
    for desk, secret in desks:
        # One condition a desk, however many are named: each digest is of one trait.
        same |= Q(desk=desk, digest__in=[one.hex() for _trait, one in _digests(facts, secret)])
    found: dict[object, set[Trait]] = {}
    for pk, code in ItemDigest.objects.filter(same).values_list("submission", "trait"):
        found.setdefault(pk, set()).add(Trait(code))
    return found


def _digests(facts: ItemFacts, secret: str) -> frozenset[tuple[Trait, bytes]]:
    """Under each identity that the desk has at the moment: what is kept may be of the older."""
    keys = [digest_key(one) for one in identities_in(secret)]
    return frozenset(pair for key in keys for pair in digests_of(facts, key))
