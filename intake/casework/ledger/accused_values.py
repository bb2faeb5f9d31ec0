"""被反映人 in the ledger's columns: of several each has a word in each, so that they agree."""

from collections.abc import Callable

from intake.casework.ledger.code_words import word_of
from intake.casework.ledger.ledger_item import LedgerItem
from intake.choices import PoliticalStatus, Rank
from intake.report.case_words import Accused

UNKNOWN = "不详"


def accused(one: LedgerItem) -> str:
    """As the clerk wrote them; else whom the reporter named."""
    names = _of_each(one, lambda each: each.name)
    return names or (one.report.subject if one.report else "")


def posts(one: LedgerItem) -> str:
    return _of_each(one, lambda each: each.body + each.post)


def ranks(one: LedgerItem) -> str:
    """The main one's stands in the row, where statistics count it."""
    main = word_of(Rank, one.item.rank)
    words = [word_of(Rank, each.rank) for each in one.words.accused]
    return _side_by_side([main or (words[0] if words else ""), *words[1:]])


def political(one: LedgerItem) -> str:
    return _of_each(one, lambda each: word_of(PoliticalStatus, each.political))


def _of_each(one: LedgerItem, word: Callable[[Accused], str]) -> str:
    return _side_by_side([word(each) for each in one.words.accused])


def _side_by_side(words: list[str]) -> str:
    """Of several accused each has a word, so that the columns agree; '' where none is known."""
    return "；".join(word or UNKNOWN for word in words) if any(words) else ""
