"""How Chinese is spelt in letters.

The dictionary is read by whoever first needs it: that takes a third of a second and 30 MB, and of
the commands and checks that start a process of their own hardly one spells anything.
"""


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
