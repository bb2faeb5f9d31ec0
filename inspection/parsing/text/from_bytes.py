"""Bytes of a file as text: UTF-8 or GB18030, and a helpful refusal of anything else."""

import codecs

from inspection.parsing.text.not_a_notice import NotANotice

# Chinese texts are full of these; a wrong decoding hardly ever yields them.
_COMMON = frozenset("的一是在中人和有为市县委巡察组织了不工作时间电话年月日第对部")
_GUESSES = (("big5", "Big5"),)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, or in GB18030.

    Raises NotANotice for empty, binary and otherwise encoded files.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise NotANotice("文件是空的，没有可读的公告。")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_utf16(data):
        raise _wrong_encoding("UTF-16", 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if (old := _from_gb18030(data)) is not None:
            return old
        raise _explain(data, _line_at(data, error.start)) from error
    if _is_binary(text):
        raise NotANotice("这是二进制文件，不是文本。请提供 UTF-8 编码的文本文件。", 1)
    return text


def _from_gb18030(data: bytes) -> str | None:
    """The text as older Chinese programs wrote it; None where that gives no Chinese."""
    if b"\x00" in data:
        return None
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return text if _reads_as_chinese(text) else None


def _explain(data: bytes, line: int) -> NotANotice:
    if b"\x00" in data:
        return NotANotice("这是二进制文件，不是文本。请提供 UTF-8 编码的文本文件。", line)
    for codec, name in _GUESSES:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if _reads_as_chinese(text):
            return _wrong_encoding(name, line)
    return NotANotice("文件不是 UTF-8 编码的文本，也看不出是哪种编码。", line)


def _wrong_encoding(name: str, line: int) -> NotANotice:
    return NotANotice(f"文件看起来是 {name} 编码，请另存为 UTF-8 后再读。", line)


def _looks_utf16(data: bytes) -> bool:
    """UTF-16 without a mark: every line break brings a zero byte of one parity."""
    for codec in ("utf-16-le", "utf-16-be"):
        if b"\x00" not in data or len(data) % 2:
            return False
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if _reads_as_chinese(text):
            return True
    return False


def _reads_as_chinese(text: str) -> bool:
    han = [char for char in text if "\u3400" <= char <= "\u9fff"]
    if not han:
        return False
    return sum(char in _COMMON for char in han) >= max(1, len(han) // 20)


def _is_binary(text: str) -> bool:
    controls = sum(char < " " and char not in "\t\r\n\f\v" for char in text)
    return "\x00" in text or controls * 20 > len(text)


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
