"""Characters as they are compared: half-width, lower case, simplified, without signs."""

import re
import unicodedata
from collections.abc import Iterable

from opencc import OpenCC

_HAN = range(0x3400, 0xA000)
# What OpenCC leaves as it is, though old sign-boards and foreign keyboards write names so:
# pairs of the other form and the simplified one.
_VARIANTS = (
    "祇只瞭了嶴岙髙高靑青毎每吿告呉吴喩喻愼慎歩步硏研緖绪鄕乡郞郎飮饮気气県县鉄铁鉱矿関关"
    "栁柳邨村鬪斗塲场濶阔疎疏隣邻霊灵頼赖鶏鸡黙默囯国覇霸喆哲歯齿黒黑竜龙麹曲豊丰荘庄広广沢泽"
)
_SKIPPED = re.compile(r"[^0-9a-z\u3400-\u9fff\U00020000-\U0003ffff]+")


def compared(words: str) -> str:
    """'Liáng水 鎮！' is 'liang水鎮'; 'ü' is 'v', as pinyin is typed."""
    letters = unicodedata.normalize("NFKD", words).lower().replace("u\u0308", "v")
    return _SKIPPED.sub("", letters)


def traditional_pairs(text: Iterable[str]) -> str:
    """'縣县鎮镇': each other form of a character of the text, before the simplified one."""
    used = set(text)
    return "".join(chr(old) + new for old, new in SIMPLIFIED.items() if new in used)


def _simplified() -> dict[int, str]:
    """Each character that has a simplified form, with it.

    Taiwan's and Hong Kong's own forms count where no simplified text would hold them.
    """
    characters = [chr(code) for code in _HAN]
    found: dict[int, str] = {}
    for table, is_regional in (("t2s", False), ("tw2s", True), ("hk2s", True)):
        simple = OpenCC(table).convert("\n".join(characters)).split("\n")
        for old, new in zip(characters, simple, strict=True):
            if old != new and not (is_regional and _is_simplified(old)):
                found.setdefault(ord(old), new)
    return found | dict(zip(map(ord, _VARIANTS[::2]), _VARIANTS[1::2], strict=True))


def _is_simplified(character: str) -> bool:
    """Whether it stands in the standard of simplified characters."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


SIMPLIFIED = _simplified()
