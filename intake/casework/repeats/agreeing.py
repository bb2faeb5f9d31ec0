"""What agrees between two opened items, and whether it looks like 同人 and 同事. Pure.

The program says what agrees; a person says whether it is a repeat. The sentences quote nothing that
anybody wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from intake.casework.repeats.likeness import (
    IN_PART,
    SUBSTANTIALLY,
    share_of_shorter,
    share_of_words,
    trigrams,
)
from intake.casework.repeats.traits import Trait, body, each_number, is_other_area, telephone

# Of a text that stands as a whole in another; and from this share of all words on, the other holds
# hardly anything else.
_WHOLLY, _NOTHING_ELSE = 0.8, 0.9
# The last part of a longer name of a body: '刘庄村' of 刘集镇刘庄村.
_SHORTEST_END = 3


@dataclass(frozen=True, repr=False)
class ItemFacts:
    """What two items are compared by, opened. It is never saved."""

    words: str = ""
    accused: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()

    def values(self) -> Iterator[tuple[Trait, str]]:
        """Each value with what it is; a field of several numbers is several values."""
        numbers = [number for field in self.telephones for number in each_number(field)]
        for trait, given in (
            (Trait.SIGNER, self.signers),
            (Trait.TELEPHONE, numbers),
            (Trait.ACCUSED, self.accused),
            (Trait.BODY, self.bodies),
        ):
            yield from ((trait, value) for value in given if trait.facts.form(value))

    def normal(self, trait: Trait) -> frozenset[str]:
        """The normal forms of what is known of one trait."""
        return frozenset(trait.facts.form(value) for its, value in self.values() if its is trait)

    @cached_property
    def trigrams(self) -> frozenset[str]:
        return trigrams(self.words)

    @property
    def is_anonymous(self) -> bool:
        """Nobody who could be known has signed, nor left a number."""
        return not (self.normal(Trait.SIGNER) or self.normal(Trait.TELEPHONE))


@dataclass(frozen=True, slots=True)
class Agreement:
    """What agrees. `share` is of all words, `share_of_shorter` of the shorter text's, 0 to 1.

    Namesakes are accused of one name in different bodies: two people, or one who moved.
    """

    traits: frozenset[Trait]
    differing: frozenset[Trait]
    share: float
    share_of_shorter: float
    is_same_person: bool
    are_namesakes: bool

    @property
    def is_same_matter(self) -> bool:
        """Facts and demands are substantially the same, as far as words tell."""
        return self.share >= SUBSTANTIALLY or self.share_of_shorter >= _WHOLLY

    @property
    def looks_like_repeat(self) -> bool:
        return self.is_same_person and self.is_same_matter

    @property
    def is_worth_a_look(self) -> bool:
        """Whether a clerk is shown the two beside each other; a body alone links nothing."""
        is_known = self.are_namesakes or bool(self.traits - {Trait.BODY})
        return is_known or self.share_of_shorter >= IN_PART

    @property
    def sentences(self) -> tuple[str, ...]:
        """What agrees and what does not, as a clerk is told."""
        said = [f"{trait.facts.word}相同" for trait in Trait if trait in self.traits]
        said += [f"{trait.facts.word}不同" for trait in Trait if trait in self.differing]
        if self.are_namesakes:
            said.append("被反映人同名、单位不同，请看是不是同一个人")
        return (*said, self._about_words(), *self._about_the_end())

    def _about_words(self) -> str:
        percent = round(self.share_of_shorter * 100)
        if self.share_of_shorter >= _WHOLLY and self.share < _NOTHING_ELSE:
            return f"较短的一件几乎都在较长的一件里（{percent}%），请看较长的一件有没有新的事实"
        if self.share >= SUBSTANTIALLY:
            return f"内容基本相同（{percent}%）"
        if self.share_of_shorter >= IN_PART:
            return f"内容部分相同（{percent}%），请看是不是同一件事"
        return "文字不相同，可能是另一件事，也可能换了说法"

    def _about_the_end(self) -> Iterator[str]:
        if self.looks_like_repeat:
            yield "同人、同事：可能是重复件，由您确认"
        elif self.is_same_matter:
            yield "同事，但看不出是同一个人反映的"
        elif self.is_same_person:
            yield "可能是同一个人反映的"


def agreement(one: ItemFacts, other: ItemFacts) -> Agreement:
    """What agrees between two items."""
    same = frozenset(trait for trait in Trait if _agrees(trait, one, other))
    both = frozenset(trait for trait in Trait if one.normal(trait) and other.normal(trait))
    differing = both - same
    are_namesakes = Trait.ACCUSED in same and Trait.BODY in differing
    if are_namesakes:
        same -= {Trait.ACCUSED}
    return Agreement(
        traits=same,
        differing=differing,
        share=share_of_words(one.trigrams, other.trigrams),
        share_of_shorter=share_of_shorter(one.trigrams, other.trigrams),
        is_same_person=_is_same_person(same, differing, one, other),
        are_namesakes=are_namesakes,
    )


def _is_same_person(
    same: frozenset[Trait], differing: frozenset[Trait], one: ItemFacts, other: ItemFacts
) -> bool:
    """A signer in common; a number, unless others signed; of two anonymous items, the accused."""
    if Trait.SIGNER in same:
        return True
    if Trait.TELEPHONE in same:
        return Trait.SIGNER not in differing
    return Trait.ACCUSED in same and one.is_anonymous and other.is_anonymous


def _agrees(trait: Trait, one: ItemFacts, other: ItemFacts) -> bool:
    common = one.normal(trait) & other.normal(trait)
    if trait is Trait.TELEPHONE:
        return any(_same_number(mine, its) for mine in _numbers(one) for its in _numbers(other))
    if trait is Trait.BODY:
        return bool(common) or any(
            _is_end_of(mine, its) for mine in one.bodies for its in other.bodies
        )
    return bool(common)


def _numbers(facts: ItemFacts) -> list[str]:
    return [value for trait, value in facts.values() if trait is Trait.TELEPHONE]


def _same_number(one: str, other: str) -> bool:
    return telephone(one) == telephone(other) and not is_other_area(one, other)


def _is_end_of(one: str, other: str) -> bool:
    shorter, longer = sorted((body(one), body(other)), key=len)
    return len(shorter) >= _SHORTEST_END and longer.endswith(shorter)
