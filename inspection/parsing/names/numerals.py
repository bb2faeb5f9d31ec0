"""Numbers as notices write them: 8, 八, 二十三, 二〇二五."""

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "首": 1,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}

CHINESE = "〇零一二三四五六七八九十百两"


def number(text: str) -> int | None:
    """The number that `text` writes in digits or in Chinese, None if it is none."""
    if text.isdecimal():
        return int(text)
    if not text or any(char not in _DIGITS and char not in _UNITS for char in text):
        return None
    if not set(text) & set(_UNITS):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _with_units(text)


def _with_units(text: str) -> int:
    total, pending = 0, 0
    for char in text:
        if char in _UNITS:
            total += max(pending, 1) * _UNITS[char]
            pending = 0
        else:
            pending = _DIGITS[char]
    return total + pending
