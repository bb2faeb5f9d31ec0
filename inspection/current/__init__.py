"""The rounds to show at a moment, read once and remembered for a moment by each process.

Both the notice page and the intake (form, routing) work on what these functions give:

    current_round(at)                      # a Published; None when nothing is published
    round_for(at, target=code, slug=slug)  # the one that a form belongs to
    accepting_rounds(at)                   # all that take reports now, in the order of the page
    published.round, .teams, .contacts, .boxes, .focus, .calendar, .others
    published.window                       # until the latest last day of all its teams
    published.state(at)                    # WindowState, from published.window
    published.is_running(at)               # whether the inspection has not ended yet
    published.window_of(target)            # when reports about a body, or about any, are taken
    published.target(code)                 # Target or None; .team and .team.round cost no query
    published.remember(key, make)          # what was made of these rows once; ends with them

Hidden rounds are in none of these. After settings.NOTICE_MAX_AGE_SECONDS one short query asks
whether the edition is still the same; only a changed one is read anew. What is remembered never
crosses the opening or closing of a window, is shared between requests, and nobody changes it.
"""

from inspection.current.board import (
    accepting_rounds,
    current_round,
    forget,
    last_read,
    last_read_target,
    round_for,
)
from inspection.current.published import MOST_REMEMBERED, Published
from inspection.current.rounds_from_rows import read

__all__ = [
    "MOST_REMEMBERED",
    "Published",
    "accepting_rounds",
    "current_round",
    "forget",
    "last_read",
    "last_read_target",
    "read",
    "round_for",
]
