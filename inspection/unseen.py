"""What nobody sees in a text that was typed or pasted: taken out, or told when it is suspicious.

Telephones, chats and web pages leave such characters around what is copied from them.
"""

import re

# Other ways to end a line: word processors, mainframes, and Unicode's own.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Without width and without meaning between Chinese words: soft hyphens, spaces of no width, single
# direction marks, byte order marks, operators of mathematics, fillers, and tags outside of a flag.
_WIDTHLESS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0001\U000e0020-\U000e007f]+"
)
# Openings and ends of stretches whose direction differs. An isolate ends what was opened in it.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMBEDDINGS, _END_OF_EMBEDDING = "\u202a\u202b\u202d\u202e", "\u202c"
_ISOLATES, _END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
# Unicode itself goes no deeper.
_MOST_OPENED = 125
# Joiners make one picture of several, and letters of some scripts; behind these they join nothing.
_STRAY_JOINERS = re.compile(
    "(?:(?<=[\\s!-~\u3000-\u9fff\uff00-\uffef\U00020000-\U0003ffff])|\\A)[\u200c\u200d]+"
)
# Controls, marks that annotate, and the one that stands for bytes that were no text.
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufff9-\ufffb]")
# Every character that one of those above looks for, in one class, which is looked for in one go:
# most texts hold none of them.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ufffd\U000e0001\U000e0020-\U000e007f]"
)
# Joiners, and what chooses between forms of a sign: nothing that a number or an account needs.
_NEVER_IN_NUMBERS = re.compile("[\u200c\u200d\u180b-\u180e\ufe00-\ufe0f]")


def readable(text: str) -> tuple[str, bool]:
    """The text without what nobody sees, its lines ended alike; and whether that was suspicious.

    What joins emoji and letters stays. Suspicious are controls, and a direction that is opened
    and not ended, or ended and not opened.
    """
    if not _ODD.search(text):
        return text, False
    kept = _WIDTHLESS.sub("", _LINE_ENDS.sub("\n", text))
    straight = _DIRECTIONS.sub("", kept)
    cleaned = _UNREADABLE.sub("", straight)
    is_suspicious = cleaned != straight or not _is_balanced(kept)
    return _STRAY_JOINERS.sub("", cleaned), is_suspicious


def bare(text: str) -> str:
    """A number or an account without anything unseen, balanced or not; controls stay."""
    if text.isascii():
        return _LINE_ENDS.sub("\n", text)
    straight = _WIDTHLESS.sub("", _DIRECTIONS.sub("", _LINE_ENDS.sub("\n", text)))
    return _NEVER_IN_NUMBERS.sub("", straight)


def _is_balanced(text: str) -> bool:
    """Whether each change of direction that was opened is ended, and nothing else is."""
    opened: list[str] = []
    for mark in (found[0] for found in _DIRECTIONS.finditer(text)):
        if len(opened) > _MOST_OPENED:
            return False
        if mark in _EMBEDDINGS or mark in _ISOLATES:
            opened.append(mark)
            continue
        if mark == _END_OF_ISOLATE:
            while opened and opened[-1] in _EMBEDDINGS:
                opened.pop()
        openings = _ISOLATES if mark == _END_OF_ISOLATE else _EMBEDDINGS
        if not opened or opened.pop() not in openings:
            return False
    return not opened
