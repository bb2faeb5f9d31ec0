"""What a letter's words propose to a clerk, who decides: rules and lists, nothing leaves. Pure.

    found = find_proposals(Written(narrative=…, subject=…), focuses)
    found.main_accused, found.problem, found.category, found.focus, found.topics, found.nature

Each proposal has `found`: the field, the places in it and the words, to be shown as the reason.
None is better than a wrong one.
"""

from intake.casework.proposing.letter_reading import accused_in, find_proposals
from intake.casework.proposing.people.posts import RANKS
from intake.casework.proposing.proposal import (
    AccusedProposal,
    ProblemProposal,
    Proposal,
    Proposals,
)
from intake.casework.proposing.words.focus_words import FocusText
from intake.casework.proposing.written import Found, Written

__all__ = [
    "RANKS",
    "AccusedProposal",
    "FocusText",
    "Found",
    "ProblemProposal",
    "Proposal",
    "Proposals",
    "Written",
    "accused_in",
    "find_proposals",
]
