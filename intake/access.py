"""The roles: which desks each can hold and what each may do, as one table. Deny by default.

Nothing else compares roles: code asks `user.may(Deed.…)`, or which desks the role can hold.
"""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from intake.choices import DeskKind, Role


class Deed(Enum):
    """What somebody may do."""

    READ_NOTICE = auto()
    CORRECT_NOTICE = auto()
    # To read a published text on the preview page and to load it as a round.
    LOAD_NOTICE = auto()
    KEEP_CALENDAR = auto()
    KEEP_DEADLINES = auto()
    KEEP_RECEIVERS = auto()
    KEEP_PROBLEMS = auto()
    KEEP_RETENTION = auto()
    OPEN = auto()
    REGISTER = auto()
    SET_SCOPE = auto()
    SEE_STATISTICS = auto()
    WRITE_CASE = auto()
    SEE_REPORTER = auto()
    REROUTE = auto()
    # To let another desk read an item beside its own.
    ADD_HELPER = auto()
    # To keep one member out of an item.
    RECUSE = auto()
    PAUSE_CLOCK = auto()
    JUDGE = auto()
    # The moves of an item: `casework.moving.move_table` says which needs which.
    PROPOSE = auto()
    APPROVE = auto()
    HANDLE = auto()
    RETURN = auto()
    TRANSFER = auto()
    # To write notices to set something right; what leaves the round is the office's.
    NOTIFY = auto()
    ARCHIVE = auto()
    # To seal a whole round for the archive, and to destroy it here afterwards.
    END_ROUND = auto()
    VOID = auto()
    OPEN_BOXES = auto()
    # The office's clerks and not its head alone: a matter needs two signatures, and one about the
    # head must not lie in the head's hands. What it says nobody of the office can read anyway.
    KEEP_SEALED_MATTERS = auto()
    GRANT = auto()
    # To be told what is amiss with the desks of the own rounds, or of every round.
    WATCH_DESKS = auto()
    WATCH_EVERY_ROUND = auto()
    READ_AUDIT = auto()
    KEEP_ACCOUNTS = auto()


class Desks(Enum):
    """Which desks a role can hold, and with them, which it sees."""

    NONE = auto()
    A_TEAMS = auto()
    # Whoever holds the office's desk sees the teams' desks of its round too.
    THE_OFFICES = auto()


# With which of them a desk of a kind goes; the superior's goes with none, and nobody holds it.
HELD_BY = {
    DeskKind.OFFICE: Desks.THE_OFFICES,
    DeskKind.HEAD: Desks.THE_OFFICES,
    DeskKind.TEAM: Desks.A_TEAMS,
}
# What somebody must be allowed to do besides, to hold a desk of a kind.
HELD_WITH = {DeskKind.HEAD: Deed.APPROVE}


_NOTICE_MODELS = ("round", "team", "target", "focustopic", "contactpoint", "dropbox")
_ANY_CHANGE = ("add", "change", "delete")
_LISTS = frozenset({"intake.view_transferlist", "intake.add_transferlist"})

# The pages of Django's admin that a deed opens, by Django's names; other deeds open none.
PAGES: dict[Deed, frozenset[str]] = {
    Deed.READ_NOTICE: frozenset(
        f"inspection.view_{model}" for model in (*_NOTICE_MODELS, "workcalendarday")
    ),
    # A round comes only from a published notice, so nobody adds or deletes one by hand.
    Deed.CORRECT_NOTICE: frozenset(
        f"inspection.{action}_{model}"
        for model in _NOTICE_MODELS
        for action in _ANY_CHANGE
        if not (model == "round" and action != "change")
    ),
    Deed.KEEP_CALENDAR: frozenset(
        f"inspection.{action}_workcalendarday" for action in ("view", *_ANY_CHANGE)
    ),
    # The program knows what a rule is about, so that none is added or deleted by hand.
    Deed.KEEP_DEADLINES: frozenset({"intake.view_deadlinerule", "intake.change_deadlinerule"}),
    # Lists name their receiver, so that one that is not used any more is only shut.
    Deed.KEEP_RECEIVERS: frozenset(
        {"intake.view_receiver", "intake.add_receiver", "intake.change_receiver"}
    ),
    # Items name them by their code, so that none is deleted by hand.
    Deed.KEEP_PROBLEMS: frozenset(
        {"intake.view_problem", "intake.add_problem", "intake.change_problem"}
    ),
    # Lists name it, and 档号 are made from it.
    Deed.KEEP_RETENTION: frozenset(
        {
            "intake.view_retentionclass",
            "intake.add_retentionclass",
            "intake.change_retentionclass",
        }
    ),
    Deed.TRANSFER: _LISTS,
    Deed.NOTIFY: _LISTS,
    Deed.OPEN: frozenset({"intake.view_submission"}),
    Deed.OPEN_BOXES: frozenset({"intake.view_boxopening", "intake.add_boxopening"}),
    Deed.KEEP_SEALED_MATTERS: frozenset({"intake.view_sealedmatter", "intake.add_sealedmatter"}),
    Deed.REGISTER: frozenset({"intake.add_submission"}),
    Deed.GRANT: frozenset(
        {
            "intake.view_desk",
            "intake.view_deskaccess",
            "intake.add_deskaccess",
            "intake.delete_deskaccess",
        }
    ),
    Deed.READ_AUDIT: frozenset({"intake.view_auditevent"}),
    Deed.KEEP_ACCOUNTS: frozenset(
        {"intake.view_staffuser", "intake.add_staffuser", "intake.change_staffuser"}
    ),
}


@dataclass(frozen=True)
class Rules:
    """What one role is; `of_heads` only those of its members do who may approve."""

    desks: Desks
    deeds: frozenset[Deed]
    of_heads: frozenset[Deed] = frozenset()

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Django's names of the pages that the deeds open."""
        return frozenset().union(*(PAGES.get(deed, frozenset()) for deed in self.deeds))


_MOVING = frozenset({Deed.JUDGE, Deed.PROPOSE, Deed.HANDLE, Deed.VOID})
_CASE = frozenset({Deed.WRITE_CASE, Deed.SEE_REPORTER})
_CLERK = (
    _MOVING
    | _CASE
    | {
        Deed.READ_NOTICE,
        Deed.OPEN,
        Deed.REGISTER,
        Deed.SET_SCOPE,
        Deed.SEE_STATISTICS,
        Deed.PAUSE_CLOCK,
        Deed.NOTIFY,
    }
)
_HEAD = frozenset({Deed.APPROVE})
_OFFICE = frozenset(
    {
        Deed.CORRECT_NOTICE,
        Deed.LOAD_NOTICE,
        Deed.KEEP_CALENDAR,
        Deed.KEEP_DEADLINES,
        Deed.KEEP_RECEIVERS,
        Deed.KEEP_PROBLEMS,
        Deed.KEEP_RETENTION,
        Deed.REROUTE,
        Deed.OPEN_BOXES,
        Deed.KEEP_SEALED_MATTERS,
        Deed.ADD_HELPER,
        Deed.RECUSE,
        Deed.GRANT,
        Deed.WATCH_DESKS,
        Deed.TRANSFER,
        Deed.ARCHIVE,
    }
)

TABLE: dict[Role, Rules] = {
    Role.OFFICE: Rules(Desks.THE_OFFICES, _CLERK | _OFFICE, of_heads=_HEAD | {Deed.END_ROUND}),
    Role.TEAM: Rules(Desks.A_TEAMS, _CLERK | {Deed.RETURN}, of_heads=_HEAD),
    Role.AUDITOR: Rules(Desks.NONE, frozenset({Deed.READ_AUDIT})),
    Role.ADMINISTRATOR: Rules(
        Desks.NONE,
        frozenset(
            {Deed.KEEP_ACCOUNTS, Deed.KEEP_CALENDAR, Deed.WATCH_DESKS, Deed.WATCH_EVERY_ROUND}
        ),
    ),
}
_NOBODY = Rules(Desks.NONE, frozenset())


def rules_of(role: str) -> Rules:
    """By the role's code; a code that no entry knows may do nothing."""
    return TABLE.get(Role(role), _NOBODY) if role in Role.values else _NOBODY


def holding(*desks: Desks) -> list[Role]:
    """The roles that can hold such desks."""
    return [role for role, rules in TABLE.items() if rules.desks in desks]


def approving() -> list[str]:
    """The codes of the roles that have heads."""
    return [role.value for role, rules in TABLE.items() if rules.of_heads]


def role_choices() -> list[tuple[str, str]]:
    """Code and word of each role, in the table's order.

    The migrations name this function and not the roles, so that a further role needs none.
    """
    return [(role.value, str(role.label)) for role in TABLE]
