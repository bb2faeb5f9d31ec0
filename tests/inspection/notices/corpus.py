"""The invented notices and what each says: a text with its JSON, and texts of other genres."""

import json
from pathlib import Path
from typing import Any

from inspection.parsing import NotANotice, decode, parse
from tests.inspection.notices.comparing import Fact, compare

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
# What each text of another genre looks like, in a word that the refusal says.
OTHERS: dict[str, str] = json.loads((FOLDER / "others" / "genres.json").read_text("utf-8"))


def text_of(name: str) -> str:
    """A text as the reader gets it, from the bytes of a file."""
    return decode((FOLDER / f"{name}.txt").read_bytes())


def wanted(name: str) -> dict[str, Any]:
    """What a clerk would write for this text."""
    answer: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return answer


def facts_of(name: str) -> list[Fact]:
    """Each fact of a sample; all are missing where the reader refuses the text."""
    try:
        read = parse(text_of(name)).to_json()
    except NotANotice:
        read = None
    return compare(wanted(name), read)
