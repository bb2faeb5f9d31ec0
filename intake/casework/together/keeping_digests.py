"""The digests beside an item, made anew whenever its content is opened or changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q

from intake.casework.repeats import ItemFacts, Trait, digest_key, digests_of, share_of_marks
from intake.casework.repeats.likeness import IN_PART
from intake.casework.together.item_facts import facts_of, open_report
from intake.models import Desk, ItemDigest, Submission
from intake.report.draft import Report
from intake.sealing.unsealing import identities_in
from intake.staff.keyring import Keyring, NoDeskAccess

# Fewer passages in common are chance; so many items are looked at nearer.
_FEWEST_MARKS, _MOST_ALIKE = 3, 50


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
    same, marks = Q(pk__in=()), list[frozenset[str]]()
    for desk, secret in desks:
        several = [_in_hex(facts, one) for one in identities_in(secret)]
        marks += [digests[Trait.WORDS] for digests in several]
        every = frozenset[str]().union(*(one for digests in several for one in digests.values()))
        # One condition a desk, however many are named: each digest is of one trait.
        same |= Q(desk=desk, digest__in=every)
    found, shared = dict[object, set[Trait]](), Counter[UUID]()
    for pk, code in ItemDigest.objects.filter(same).values_list("submission", "trait"):
        if code == Trait.WORDS:
            shared[pk] += 1
        else:
            found.setdefault(pk, set()).add(Trait(code))
    for pk in _alike(shared, marks):
        found.setdefault(pk, set()).add(Trait.WORDS)
    return found


def _alike(shared: Counter[UUID], own: Iterable[frozenset[str]]) -> Iterator[UUID]:
    """Whose words are the same in part, of the likeliest: as far as their marks reach."""
    likely = [pk for pk, count in shared.most_common(_MOST_ALIKE) if count >= _FEWEST_MARKS]
    if not likely:
        return
    rows = ItemDigest.objects.filter(submission__in=likely, trait=Trait.WORDS)
    theirs: dict[UUID, set[str]] = {}
    for pk, digest in rows.values_list("submission", "digest"):
        theirs.setdefault(pk, set()).add(digest)
    mine = [marks for marks in own if marks]
    for pk, marks in theirs.items():
        if max(share_of_marks(one, marks) for one in mine) >= IN_PART:
            yield pk


def _in_hex(facts: ItemFacts, identity: str) -> dict[Trait, frozenset[str]]:
    """Under one identity of a desk: what is kept may be of its older one."""
    pairs = digests_of(facts, digest_key(identity))
    return {
        trait: frozenset(digest.hex() for its, digest in pairs if its is trait) for trait in Trait
    }
