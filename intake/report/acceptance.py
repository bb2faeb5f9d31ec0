"""When a report is taken, and until when it can be added to: the one place of both rules.

Both are about windows that the notice gives; which ones hold for a report, others know.
"""

from datetime import date, datetime

from inspection.schedule import Window


class OutsideWindow(Exception):
    """The round does not take this report now; `window` is when it does."""

    def __init__(self, window: Window) -> None:
        super().__init__("outside the window of acceptance")
        self.window = window


class WindowNotOpen(OutsideWindow):
    """Reports are not accepted yet."""


class WindowClosed(OutsideWindow):
    """Reports are not accepted any more."""


def refusal(window: Window, at: datetime) -> OutsideWindow | None:
    """Why a report that reaches the site at this moment is not taken; None where it is."""
    if window.contains(at):
        return None
    return WindowNotOpen(window) if at < window.opens else WindowClosed(window)


def is_late(window: Window, received_at: datetime, postmarked_on: date | None) -> bool:
    """Whether a paper item came after the last day: by its postmark if that decides."""
    if postmarked_on is not None:
        return postmarked_on > window.last_day
    return received_at >= window.closes


def supplements_window(running: Window) -> Window:
    """When an accepted report can be added to: as long as the inspection runs.

    `running` is from the opening of the window in which it was accepted to the inspection's end.
    """
    return running
