"""Which earlier items may be repeats of an item: what agrees, told to a clerk who decides. Pure.

key = digest_key(keyring.desk_secret(desk))         # in the memory of a request, nowhere else
digests = digests_of(facts, key)                    # beside the item: what is looked up
most_alike(facts.words, opened)                     # and by the words of opened items
agreement(facts, earlier).sentences                 # shown beside the two
"""

from intake.casework.repeats.agreeing import Agreement, ItemFacts, agreement
from intake.casework.repeats.digesting import (
    digest_key,
    digests_of,
    keyed_digest,
    share_of_marks,
)
from intake.casework.repeats.likeness import most_alike, shared_passages
from intake.casework.repeats.traits import Trait

__all__ = [
    "Agreement",
    "ItemFacts",
    "Trait",
    "agreement",
    "digest_key",
    "digests_of",
    "keyed_digest",
    "most_alike",
    "share_of_marks",
    "shared_passages",
]
