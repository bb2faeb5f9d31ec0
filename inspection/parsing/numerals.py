"""Numbers as notices write them: 8, 八, 二十三, 二〇二五."""

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "首": 1,
}

CHINESE = "〇零一二三四五六七八九十百两"


def number(text: str) -> int | None:
    """The number that `text` writes in digits or in Chinese, None if it is none."""
    if text.isdecimal():
        return int(text)
    if not text or any(char not in _DIGITS and char not in "十百" for char in text):
        return None
    if not set(text) & {"十", "百"}:
        return int("".join(str(_DIGITS[char]) for char in text))
    return _with_units(text)


def _with_units(text: str) -> int:
    total, pending = 0, 0
    for char in text:
        if char in "十百":
            total += max(pending, 1) * (10 if char == "十" else 100)
            pending = 0
        else:
            pending = _DIGITS[char]
    return total + pending
