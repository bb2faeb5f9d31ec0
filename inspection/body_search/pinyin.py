"""How Chinese is spelt in letters.

The dictionary is read by whoever first needs it: that takes a third of a second and 30 MB, and of
the commands and checks that start a process of their own hardly one spells anything.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache


def syllables(text: str) -> list[str]:
    """'柳林镇' is 'liu', 'lin', 'zhen'; what is not Chinese stays together as it is."""
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(text))


def first_letters(text: str) -> list[str]:
    """'柳林镇' is 'l', 'l', 'z'."""
    from pypinyin import Style, lazy_pinyin

    return list(lazy_pinyin(text, style=Style.FIRST_LETTER))


def usual_sound(character: str) -> str:
    """With its tone, as a dictionary gives it first; KeyError for what none has."""
    from pypinyin.pinyin_dict import pinyin_dict

    return str(pinyin_dict[ord(character)].split(",")[0])


@cache
def characters_by_sound() -> Mapping[str, str]:
    """All characters that can be read so, by the sound without its tone: 'shan' has 单 and 山.

    Without those beyond U+FFFF: an expression that names one is a hundred times slower.
    """
    from pypinyin.pinyin_dict import pinyin_dict

    found: dict[str, list[str]] = {}
    bare = cache(without_tone)
    for code, readings in pinyin_dict.items():
        if code > 0xFFFF:
            continue
        for sound in {bare(reading) for reading in readings.split(",")}:
            found.setdefault(sound, []).append(chr(code))
    return {sound: "".join(characters) for sound, characters in found.items() if sound}


def without_tone(spelt: str) -> str:
    """'liáng' is 'liang', 'lǜ' is 'lv'."""
    bare = unicodedata.normalize("NFKD", spelt).replace("u\u0308", "v")
    return re.sub("[^a-z]", "", bare)
