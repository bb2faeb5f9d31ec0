"""What a task of the handbook is: one page in `docs/handbook`, one address, one way to do it."""

from dataclasses import dataclass

from intake.access import TABLE, Deed


@dataclass(frozen=True, slots=True)
class Task:
    """`pages` are names of addresses, also as patterns; whoever may do one of the deeds does it.

    A name may end with a way of coming in, 'intake_submission_add?way=call'. `states` are those of
    items or lists whose own page, and what is said instead of it, leads to this task.
    """

    slug: str
    title: str
    pages: tuple[str, ...] = ()
    deeds: frozenset[Deed] = frozenset()
    # By name, in the order of the page.
    pictures: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()

    @property
    def is_everybodys(self) -> bool:
        """Whether no deed is asked."""
        return not self.deeds

    def who(self) -> str:
        """'巡察办、巡察组', by the table of roles; heads are named where it is theirs alone."""
        words = []
        for role, rules in TABLE.items():
            if self.is_everybodys or self.deeds & rules.deeds:
                words.append(str(role.label))
            elif self.deeds & rules.of_heads:
                words.append(f"{role.label}负责人")
        return "、".join(words)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Tasks that belong together."""

    title: str
    tasks: tuple[Task, ...]
