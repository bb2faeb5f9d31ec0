"""Registering: numbers for what waits, and what did not come by web taken in beside its reports."""

from intake.casework.registering.giving_numbers import register
from intake.casework.registering.several_reports import register_several
from intake.casework.registering.sheets import SheetUsed
from intake.casework.registering.taking_in import (
    NotFromABox,
    NotOnPaper,
    NumberTaken,
    RoundIsPurged,
    take_in,
)

__all__ = [
    "NotFromABox",
    "NotOnPaper",
    "NumberTaken",
    "RoundIsPurged",
    "SheetUsed",
    "register",
    "register_several",
    "take_in",
]
