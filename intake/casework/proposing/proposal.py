"""What is proposed to a clerk, each with the words in which it was found. Pure."""

from dataclasses import dataclass

from intake.casework.proposing.written import Found


@dataclass(frozen=True, slots=True, repr=False)
class Proposal:
    """A code of a closed list, its word, and where its words stand."""

    code: str
    label: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ProblemProposal(Proposal):
    """`parent` is the code of the first level where `code` is of the second, else empty."""

    parent: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class AccusedProposal:
    """One accused as written; what is not written is empty. `rank` is a code or empty.

    Of '李副镇长' the name is 李; of '村支书' without a name it is empty.
    """

    name: str
    post: str
    body: str
    rank: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Proposals:
    """All that was found; what is not certain is not there.

    The first accused is the one that is proposed as the main one. `problem` is the main problem,
    and empty where two fit alike; they are then among `other_problems`.
    """

    accused: tuple[AccusedProposal, ...] = ()
    problem: ProblemProposal | None = None
    other_problems: tuple[ProblemProposal, ...] = ()
    category: Proposal | None = None
    focus: tuple[Proposal, ...] = ()
    topics: tuple[Proposal, ...] = ()
    nature: Proposal | None = None

    @property
    def main_accused(self) -> AccusedProposal | None:
        return self.accused[0] if self.accused else None
