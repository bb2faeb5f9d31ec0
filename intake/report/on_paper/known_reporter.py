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
    """Whatever is known, once each; empty where nothing is, or was taken back by a clerk."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    # Who signed beside the one named, and who came for the others.
    signers: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()

    @classmethod
    def of(cls, report: Report, registered: Reporter) -> Self:
        """Of the sealed report, noted at registering included, and of the case file."""
        noted = Reporter() if registered.replaces else noted_in(report)
        return cls(
            _known(noted.name, registered.name),
            _known(noted.phone, registered.phone),
            _known(noted.address, registered.address),
            _known(*noted.signers, *registered.signers),
            _known(*noted.representatives, *registered.representatives),
        )

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who stands behind the item, by name."""
        return _known(*self.names, *self.signers, *self.representatives)

    @property
    def told(self) -> tuple[str, ...]:
        """All words by which one of them could be known."""
        return (*self.people, *self.phones, *self.addresses)


def noted_in(report: Report) -> Reporter:
    """Who reported, as it stands in the sealed report: written by them, or noted as it came in."""
    paper = report.paper
    return Reporter(
        report.reporter_name,
        report.reporter_phone,
        paper.address,
        tuple(names_in(paper.signer_names)),
        tuple(names_in(paper.representatives)),
    )


def names_in(words: str) -> list[str]:
    """'张某、李某' as two."""
    return [name for name in _BETWEEN_NAMES.split(words) if name]


def named_twice(names: Iterable[str]) -> list[str]:
    """Those that stand there more than once, in their order."""
    return [name for name, count in Counter(names).items() if name and count > 1]


def _known(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
