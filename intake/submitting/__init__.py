"""The citizen's use cases: submit a report, look its receipt up, add to it.

A receipt is given only for what is committed. Nothing here waits for another citizen.
"""

from intake.submitting.adding import Added, Found, UnknownCode, is_known, look_up, supplement
from intake.submitting.report import (
    OutsideWindow,
    Receipt,
    WindowClosed,
    WindowNotOpen,
    submit,
    window_for,
)

__all__ = [
    "Added",
    "Found",
    "OutsideWindow",
    "Receipt",
    "UnknownCode",
    "WindowClosed",
    "WindowNotOpen",
    "is_known",
    "look_up",
    "submit",
    "supplement",
    "window_for",
]
