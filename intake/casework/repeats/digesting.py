"""What is kept beside an item so that its repeats are found: digests under a key of its desk. Pure.

The key follows from the desk's own identity, so it is kept nowhere and only the desk's members hold
it; the office reaches each desk's identity, and so each desk's key. A new identity is a new key:
whoever renews a desk's identity makes its digests anew.
"""

import hmac
from collections.abc import Set
from heapq import nsmallest

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.casework.repeats.agreeing import ItemFacts
from intake.casework.repeats.likeness import passages
from intake.casework.repeats.traits import Trait

KEY_BYTES = 32
# So many passages of a text are kept, however long it is.
MOST_MARKS = 32


def digest_key(desk_secret: str) -> bytes:
    """The key of a desk's digests, out of its identity as an age secret."""
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"digests of repeats")
    return derived.derive(desk_secret.strip().encode())


def keyed_digest(trait: Trait, value: str, key: bytes) -> bytes | None:
    """The digest of one name, body or number; None where it names nobody.

    The same words under another trait give another digest: an accused is no signer.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the key of the digests is no key of a desk")
    normal = trait.facts.form(value)
    if not normal:
        return None
    return hmac.digest(key, trait.value.encode() + b"\0" + normal.encode(), "sha256")


def digests_of(facts: ItemFacts, key: bytes) -> frozenset[tuple[Trait, bytes]]:
    """All digests of an item, each with what it is a digest of."""
    pairs = ((trait, keyed_digest(trait, value, key)) for trait, value in facts.values())
    named = frozenset((trait, digest) for trait, digest in pairs if digest is not None)
    return named | {(Trait.WORDS, mark) for mark in marks_of(facts.words, key)}


def marks_of(words: str, key: bytes) -> frozenset[bytes]:
    """Of a text's passages those whose digests are the smallest: of a copy they are the same."""
    said = Trait.WORDS.value.encode() + b"\0"
    digests = (hmac.digest(key, said + one.encode(), "sha256") for one in passages(words))
    return frozenset(nsmallest(MOST_MARKS, digests))


def share_of_marks(one: Set[str], other: Set[str]) -> float:
    """How much of the shorter text stands in the longer one, as the marks of both tell, in hex.

    The marks of a longer text end at a smaller digest; beyond it nothing is known of it.
    """
    ends = [max(marks) for marks in (one, other) if len(marks) >= MOST_MARKS]
    reach = min(ends, default="g")
    mine, its = ({mark for mark in marks if mark <= reach} for marks in (one, other))
    return len(mine & its) / min(len(mine), len(its)) if mine and its else 0.0
