"""反映人 as they stand: what they wrote of themselves, and what clerks noted at either place."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from intake.report.case_words import Reporter
from intake.report.draft import Report

_BETWEEN_NAMES = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True, slots=True, repr=False)
class KnownReporter:
    """Whatever is known, once each; empty where nothing is."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    # Who signed beside the one named, and who came for the others.
    signers: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()

    @classmethod
    def of(cls, report: Report, registered: Reporter) -> Self:
        """Of the sealed report, noted at registering included, and of the case file."""
        paper = report.paper
        return cls(
            _known(report.reporter_name, registered.name),
            _known(report.reporter_phone, registered.phone),
            _known(paper.address, registered.address),
            _known(*names_in(paper.signer_names), *registered.signers),
            _known(*names_in(paper.representatives)),
        )

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who stands behind the item, by name."""
        return _known(*self.names, *self.signers, *self.representatives)

    @property
    def told(self) -> tuple[str, ...]:
        """All words by which one of them could be known."""
        return (*self.people, *self.phones, *self.addresses)


def names_in(words: str) -> list[str]:
    """'张某、李某' as two."""
    return [name for name in _BETWEEN_NAMES.split(words) if name]


def named_twice(names: Iterable[str]) -> list[str]:
    """Those that stand there more than once, in their order."""
    return [name for name, count in Counter(names).items() if name and count > 1]


def _known(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
