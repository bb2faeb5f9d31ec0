"""Who is accused: people mentioned by name and post, told from bystanders, put together. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from intake.casework.proposing.people.bystanders import (
    is_bystander,
    is_only_related,
    names_of_bystanders,
)
from intake.casework.proposing.people.mentions import Mention, by_cue, by_deed, by_post
from intake.casework.proposing.people.naming import name_at
from intake.casework.proposing.people.posts import GROUPS, rank_of
from intake.casework.proposing.proposal import AccusedProposal
from intake.casework.proposing.written import Passage

MOST_ACCUSED = 12
MOST_PLACES = 5

_PART = re.compile(r"[^、,;/\n。和与及()]{1,40}")
# Posts that tell whose they are without a body.
_TELLING = ("村", "镇", "乡", "支书", "校长", "院长", "园长", "董事长", "总经理")
# '我叫王建国,是刘家庄村会计'
_SELF = re.compile("(?:[我俺咱]|我们|本人|[,。;\n:]|^)(?:也|以前|曾|原来)?(?:是|任|当过?|做)$")
_NOT_ONE = re.compile("某某|其他")


@dataclass(slots=True)
class Person:
    """Somebody, while mentions of him are put together."""

    name: str
    post: str = ""
    body: str = ""
    unit: str = ""
    mentions: list[Mention] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        self.name = max(self.name, mention.name, key=len)
        self.body, self.unit = self.body or mention.body, self.unit or mention.unit
        self.post = self.post or mention.post
        self.mentions.append(mention)

    def fits(self, mention: Mention) -> bool:
        """Whether the mention may be of this person: the same name, or surname and post alike."""
        if self.name == mention.name and len(self.name) > 1:
            return True
        short, long = sorted((self.name, mention.name), key=len)
        if len(short) > 1 or not mention.post or not self.post:
            return False
        posts_fit = self.post.endswith(mention.post) or mention.post.endswith(self.post)
        units_fit = not self.unit or not mention.unit or self.unit == mention.unit
        bodies_fit = not self.body or not mention.body or self.body == mention.body
        return long.startswith(short) and posts_fit and units_fit and bodies_fit


def find_accused(texts: Sequence[Passage], *, is_accusing: bool) -> list[AccusedProposal]:
    """The accused, the likeliest main one first; none of whom it is not certain.

    Whoever bears the only post of a letter is one only where the letter accuses.
    """
    others = {name for text in texts for name in names_of_bystanders(text.folded)}
    subject, *rest = texts
    told = list(_in_subject(subject))
    named = [m for text in rest for m in _in_words(text) if m.name and m.name not in others]
    people: list[Person] = []
    for mention in [*told, *sorted(named, key=lambda m: len(m.name) < 2)]:
        _put(mention, people)
    if not people and is_accusing:
        people = _by_post_alone(rest)
    whole = "\n".join(text.folded for text in texts)
    firsts = people[: len({m.name or m.post for m in told})]
    later = sorted(people[len(firsts) :], key=lambda p: -whole.count(p.name))
    return [_proposal(person) for person in [*firsts, *later][:MOST_ACCUSED]]


def _put(mention: Mention, people: list[Person]) -> None:
    person = next((one for one in people if one.fits(mention)), None)
    if person is None:
        person = Person(mention.name)
        people.append(person)
    person.add(mention)


def _in_words(text: Passage) -> Iterator[Mention]:
    for mention in (*by_post(text), *by_cue(text), *by_deed(text)):
        if not _is_other(mention):
            yield mention


def _is_other(mention: Mention) -> bool:
    """Whether somebody else is meant. Who is named again is not named for a relative alone."""
    folded, end = mention.text.folded, mention.span[1]
    is_named_again = len(mention.name) > 1 and folded.count(mention.name) > 1
    is_related = is_only_related(folded, end) and not is_named_again
    return is_related or is_bystander(folded, *mention.span)


def _in_subject(text: Passage) -> Iterator[Mention]:
    """Who stands in the field of the accused is one, also by a bare name or post."""
    mentions = [
        m for m in by_post(text)
        if not _is_other(m) and (m.name or _is_one(m, text.folded))
    ]  # fmt: skip
    mentions += _bare_names(text, mentions)
    yield from _joined(sorted(mentions, key=lambda mention: mention.span))


def _is_one(mention: Mention, folded: str) -> bool:
    """A post alone is somebody where it is one person's, and the body may be known."""
    return not mention.post.endswith(GROUPS) and not _NOT_ONE.search(folded)


def _bare_names(text: Passage, known: Iterable[Mention]) -> Iterator[Mention]:
    taken = [mention.span for mention in known]
    for part in _PART.finditer(text.folded):
        first = part.start() + len(part[0]) - len(part[0].lstrip())
        last = name_at(text.folded, first)
        is_taken = last is None or any(start < last and first < end for start, end in taken)
        if last is not None and not is_taken and not is_bystander(text.folded, first, last):
            yield Mention(text, (first, last), name=text.folded[first:last])


def _joined(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """'张三,男,青石镇党委书记': a post without a name belongs to the name before it."""
    waiting: Mention | None = None
    for mention in mentions:
        if waiting and not waiting.post and not mention.name:
            span = waiting.span[0], mention.span[1]
            waiting = replace(mention, name=waiting.name, span=span)
            continue
        if waiting:
            yield waiting
        waiting = mention
    if waiting:
        yield waiting


def _by_post_alone(texts: Sequence[Passage]) -> list[Person]:
    """Where nobody is named: the one post whose bearer acts, '我们村书记把地卖了'."""
    posts = [
        mention
        for text in texts
        for mention in by_post(text)
        if not mention.name
        and (mention.body or mention.unit or mention.post.startswith(_TELLING))
        and not _SELF.search(text.folded[: mention.span[0]][-6:])
        and not mention.post.endswith(GROUPS)
        and not _is_other(mention)
    ]
    if len({mention.post for mention in posts}) != 1:
        return []
    person = Person("")
    for mention in posts:
        person.add(mention)
    return [person]


def _proposal(person: Person) -> AccusedProposal:
    return AccusedProposal(
        name=person.name,
        post=_post_in_words(person),
        body=person.body,
        rank=rank_of(person.body or person.unit, person.post),
        found=tuple(mention.found for mention in person.mentions[:MOST_PLACES]),
    )


def _post_in_words(person: Person) -> str:
    """'村书记' where no body is named but the village itself."""
    is_said = person.body or person.post.startswith(person.unit)
    return person.post if is_said else person.unit + person.post
