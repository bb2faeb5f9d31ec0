"""What the words of a reporter or a clerk propose; a person decides. Pure."""

from collections.abc import Sequence

from intake.casework.proposing.people.accused import find_accused
from intake.casework.proposing.proposal import (
    AccusedProposal,
    ProblemProposal,
    Proposal,
    Proposals,
)
from intake.casework.proposing.words.category_words import CATEGORY_RULES
from intake.casework.proposing.words.focus_words import FocusText, focus_fits
from intake.casework.proposing.words.nature_words import (
    ACCUSATION,
    EMPTY,
    TOPIC_RULES,
    is_empty,
    nature_fits,
)
from intake.casework.proposing.words.problem_words import PARENTS, PROBLEM_RULES
from intake.casework.proposing.words.word_rules import Fit, fits
from intake.casework.proposing.written import Passage, Written, passages


def find_proposals(written: Written, focuses: Sequence[FocusText] = ()) -> Proposals:
    """What is found in the words. `focuses` are the notice's for the kind of body concerned."""
    texts = passages(written)
    if is_empty(texts):
        return Proposals(nature=Proposal(EMPTY, "无实质内容", ()))
    # Whom it is about and where tell no problem: '扶贫办主任' accuses nobody of one.
    told = texts[2:]
    problems = fits(PROBLEM_RULES, told)
    accused = find_accused(texts, is_accusing=bool(problems))
    main = _leader(problems)
    return Proposals(
        accused=tuple(accused),
        problem=_problem(main) if main else None,
        other_problems=tuple(_problem(fit) for fit in problems if fit is not main),
        category=_first(_leader(fits(CATEGORY_RULES, texts))),
        focus=tuple(
            Proposal(f.code, f.heading, found) for f, found in focus_fits(told, focuses, problems)
        ),
        topics=tuple(_proposal(fit) for fit in fits(TOPIC_RULES, told)),
        nature=_nature(told, problems, accused),
    )


def accused_in(written: Written) -> tuple[AccusedProposal, ...]:
    """Only the accused of `find_proposals`, for whoever compares by them."""
    texts = passages(written)
    if is_empty(texts):
        return ()
    return tuple(find_accused(texts, is_accusing=bool(fits(PROBLEM_RULES, texts[2:]))))


def _leader(found: list[Fit]) -> Fit | None:
    """The best, if it is better than the second; else nothing is said to be the main one."""
    if not found or (len(found) > 1 and found[0].score == found[1].score):
        return None
    return found[0]


def _first(fit: Fit | None) -> Proposal | None:
    return _proposal(fit) if fit else None


def _proposal(fit: Fit) -> Proposal:
    return Proposal(fit.rule.code, fit.rule.label, fit.found)


def _problem(fit: Fit) -> ProblemProposal:
    code = fit.rule.code
    return ProblemProposal(code, fit.rule.label, fit.found, parent=PARENTS.get(code, ""))


def _nature(
    told: Sequence[Passage], problems: list[Fit], accused: list[AccusedProposal]
) -> Proposal | None:
    """Who tells of a problem accuses, unless he appeals expressly."""
    if found := nature_fits(told, is_accusing=bool(problems)):
        return _proposal(found[0])
    if problems:
        places = problems[0].found + (accused[0].found if accused else ())
        return Proposal(ACCUSATION, "检举控告", places)
    return None
