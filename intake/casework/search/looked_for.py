"""What a clerk wants to find inside of sealed words, made ready once for all of them. Pure.

A word is found as it is written, in whatever way; letters are found as they sound ('zhangsan'), or
as the first letters of at least three sounds ('zjg'); and Chinese words of three characters or
more with one wrong character.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from inspection.body_search.pinyin import characters_by_sound
from inspection.unseen import bare
from intake.casework.search.folding import folded

LONGEST_TYPED = 60
SHORTEST_WORD = 2
MOST_WORDS = 5
SHORTEST_WITH_SLIP = 3
# First letters of two sounds stand in every letter somewhere.
_FEWEST_INITIALS = 3
# 'xian' is 'xian' and 'xi', 'an'; no run of letters that means something is read in more ways.
_MOST_READINGS = 8
_BETWEEN_WORDS = re.compile(r"[\s,;、，；。]+")
_RUNS = re.compile(r"[a-z]+|[^a-z]+")
_LETTERS = re.compile(r"[a-z]+")
_HAN = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]+")


class NothingToFind(ValueError):
    """What was typed holds no word that could be found; the sentence says why."""


@dataclass(frozen=True, slots=True, repr=False)
class Word:
    """One word, folded; `sounds` finds what sounds like it, None for one without letters."""

    folded: str
    sounds: re.Pattern[str] | None = None

    @property
    def may_have_slip(self) -> bool:
        """Numbers of which one digit is wrong are other numbers."""
        return len(self.folded) >= SHORTEST_WITH_SLIP and bool(_HAN.fullmatch(self.folded))


def check(typed: str) -> list[str]:
    """The folded words in it, all of which an item must hold. Raises NothingToFind.

    Without the dictionary of sounds, so that whoever only checks need not read it.
    """
    if len(typed) > LONGEST_TYPED:
        raise NothingToFind(f"最多写 {LONGEST_TYPED} 个字。请只写要找的人名或者关键的词。")
    words = list(dict.fromkeys(_joined(_parts(typed), _is_lone)))
    if not words:
        raise NothingToFind("请写要找的词。")
    if len(words) > MOST_WORDS:
        raise NothingToFind(f"一次最多找 {MOST_WORDS} 个词。")
    if any(len(word) < SHORTEST_WORD for word in words):
        raise NothingToFind("每个词至少写两个字。一个字几乎每件里都有。")
    return words


def made_ready(typed: str) -> tuple[Word, ...]:
    """Raises NothingToFind."""
    words = _joined(iter(check(typed)), _is_syllable)
    return tuple(Word(word, _sounds(word)) for word in words)


def _parts(typed: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", bare(typed))
    return filter(None, map(folded, _BETWEEN_WORDS.split(plain)))


def _joined(parts: Iterator[str], are_one: Callable[[str, str], bool]) -> Iterator[str]:
    """'张 三' is one name with a space in it, as is 'zhang sanfeng'; '张三 修路' are two words."""
    word = ""
    for part in parts:
        if word and not are_one(word, part):
            yield word
            word = ""
        word += part
    if word:
        yield word


def _is_lone(word: str, part: str) -> bool:
    """Whether both are Chinese and one is a single character."""
    return bool(_HAN.fullmatch(word + part)) and (len(word) == 1 or len(part) == 1)


def _is_syllable(word: str, part: str) -> bool:
    """Whether both are spelt sounds and one is a single sound."""
    if not (_LETTERS.fullmatch(word) and _LETTERS.fullmatch(part)):
        return False
    if next(_readings(word), None) is None or next(_readings(part), None) is None:
        return False
    return bool(characters_by_sound().keys() & {word, part})


def _sounds(word: str) -> re.Pattern[str] | None:
    """What sounds like the letters in it; characters among them mean themselves."""
    runs = _RUNS.findall(word)
    if not any(map(_LETTERS.fullmatch, runs)):
        return None
    ways = [_ways_to_hear(run) if _LETTERS.fullmatch(run) else [re.escape(run)] for run in runs]
    heard = {"".join(parts) for parts in islice(product(*ways), _MOST_READINGS)}
    return re.compile("|".join(sorted(heard)))


def _ways_to_hear(letters: str) -> list[str]:
    """As they are written, and each way in which they can be read as sounds."""
    known = characters_by_sound()
    readings = [
        "".join(f"[{known[sound]}]" for sound in reading)
        for reading in islice(_readings(letters), _MOST_READINGS)
    ]
    if not readings and len(letters) >= _FEWEST_INITIALS:
        readings = [_initials(letters)]
    return [letters, *filter(None, readings)]


def _readings(letters: str, at: int = 0) -> Iterator[tuple[str, ...]]:
    """'xian' as ('xian',) and ('xi', 'an'). No sound is longer than six letters."""
    if at == len(letters):
        yield ()
        return
    known = characters_by_sound()
    for end in range(min(at + 6, len(letters)), at, -1):
        if (sound := letters[at:end]) in known and _can_stand_alone(sound):
            yield from ((sound, *rest) for rest in _readings(letters, end))


def _can_stand_alone(sound: str) -> bool:
    """Sounds like 'm' and 'ng' are sighs, and would make a reading of any letters."""
    return bool(re.search("[aeiouv]", sound))


def _initials(letters: str) -> str:
    """Characters whose sounds begin so; '' where no sound begins with one of the letters."""
    by_letter: dict[str, set[str]] = {}
    for sound, characters in characters_by_sound().items():
        if sound[0] in letters:
            by_letter.setdefault(sound[0], set()).update(characters)
    if not all(letter in by_letter for letter in letters):
        return ""
    return "".join(f"[{''.join(sorted(by_letter[letter]))}]" for letter in letters)
