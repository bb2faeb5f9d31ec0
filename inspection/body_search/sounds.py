"""How characters sound: those of the names, and the common ones that sound like them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from inspection.body_search.pinyin import syllables, usual_sound, without_tone

_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_GROUP = re.compile(r"([a-z]+)([^a-z;]+)")


def near(spelt: str) -> str:
    """Spelling without what many do not tell apart: zh and z, ng and n, ü and u."""
    return re.sub("([zcs])h", r"\1", spelt).replace("ng", "n").replace("v", "u")


def sound_table(names: Iterable[tuple[str, str]]) -> str:
    """'liang梁;shui水;lian连联;liang良凉': a sound, then who has it; the names' own ones first.

    `names` are pairs of a name as it is written and as it is compared.
    """
    own: dict[str, dict[str, None]] = {}
    for written, compared in names:
        for character, sound in zip(_only_han(compared), _syllables(written), strict=False):
            if sound:
                own.setdefault(sound, {})[character] = None
    known = {character for characters in own.values() for character in characters}
    wanted = {near(sound) for sound in own}
    others = {
        sound: [character for character in characters if character not in known]
        for sound, characters in _common_characters().items()
        if near(sound) in wanted
    }
    groups = [*own.items(), *others.items()]
    return ";".join(sound + "".join(characters) for sound, characters in groups if characters)


def read_table(table: str) -> Mapping[str, tuple[str, ...]]:
    """The sounds of each character, the first one first."""
    sounds: dict[str, tuple[str, ...]] = {}
    for sound, characters in _GROUP.findall(table):
        for character in characters:
            sounds[character] = (*sounds.get(character, ()), sound)
    return sounds


def _only_han(text: str) -> Iterator[str]:
    return (character for run in _HAN_RUN.findall(text) for character in run)


@lru_cache(maxsize=5_000)
def _syllables(written: str) -> tuple[str, ...]:
    """One for each Chinese character, in its context; '' where none is known."""
    found: list[str] = []
    for run in _HAN_RUN.findall(unicodedata.normalize("NFKC", written)):
        sounds = syllables(run)
        if len(sounds) != len(run):  # It gives neighbours that it does not know as one.
            sounds = [syllables(one)[0] for one in run]
        found += map(without_tone, sounds)
    return tuple(found)


@cache
def _common_characters() -> Mapping[str, tuple[str, ...]]:
    """The 3,755 characters of the first level of GB 2312 by their usual sound."""
    found: dict[str, list[str]] = {}
    for row in range(0xB0, 0xD8):
        characters = bytes(b for cell in range(0xA1, 0xFF) for b in (row, cell))
        for character in characters.decode("gb2312", errors="ignore"):
            sound = without_tone(usual_sound(character))
            found.setdefault(sound, []).append(character)
    return {sound: tuple(found[sound]) for sound in sorted(found)}
