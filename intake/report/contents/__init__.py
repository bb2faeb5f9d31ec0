"""What a file holds, wherever it lies: read from its start again and again, or looked through."""

from intake.report.contents.content import BytesContent, Content, whole_of
from intake.report.contents.looking_through import (
    LookedThrough,
    looked_through,
    pieces_of,
    windows_of,
)

__all__ = [
    "BytesContent",
    "Content",
    "LookedThrough",
    "looked_through",
    "pieces_of",
    "whole_of",
    "windows_of",
]
