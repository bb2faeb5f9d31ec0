"""Ways to reach the inspectors: phones, mailboxes, accounts, and when they answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inspection.contact_kinds import ContactKind
from inspection.notice import Contact, Hours
from inspection.parsing.facts.ways.hours import read_hours
from inspection.parsing.facts.ways.number_uses import uses_of
from inspection.parsing.facts.ways.post_and_rooms import POSTCODE, addresses, rooms
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.names import team_names

_DASH = r"[-—–―－\s]"
_PHONE = re.compile(
    rf"(?<![\d@A-Za-z_./])(?:\(?(?P<area>0\d{{2,3}})\)?{_DASH}{{0,3}}(?P<local>\d{{7,8}}|\d{{3,4}}\s\d{{4}})(?!\d)"
    rf"|(?P<mobile>1[3-9]\d[-\s]?\d{{4}}[-\s]?\d{{4}})|(?P<service>[48]00-?\d{{3}}-?\d{{4}})|(?P<bare>\d{{7,8}}))(?![\d@A-Za-z_])"
)
_WEB = re.compile(r"(?:https?://|www\.)[^\s,;。、()“”\u4e00-\u9fff]+", re.ASCII)
_FOR_ALL = re.compile(r"(?:上述|以上|各组)[^。;()]{0,10}(?:电话|时间)|电话[^。;()]{0,6}均|^均")
_NUMBER_AHEAD = re.compile(r"电话|传真")
_QUOTED = re.compile(r"[“\"‘《]([^”\"’》]{2,30})[”\"’》]")
_MISPRINTED = re.compile(r"[误错](?:[印写登刊标植录排])?(?:为|成|作)\s?$")
_ONLY_HOURS = re.compile(
    r"\(?(?=[^:]{0,20}\d:\d\d)[周星期礼拜一二三四五六日天至到工作每法定节假除外双休末和及上午下晚早、,\d:—–~\-时点分半\s]{6,60}\)?。?"
)
_MOST_HOURS = 200
_NOTE = re.compile(r"^\s{0,2}\(([^()]{3,20})\)")
_CODE = re.compile(r"二维码|见下|扫码|扫描")
_BROKEN_MAIL = re.compile(
    r"(?<![\w.+-])([A-Za-z0-9][A-Za-z0-9._+-]{0,63})(\s{0,2}(?:@|\(at\)|\[at\]|\(@\)|#)\s{0,2})"
    r"([A-Za-z0-9-]{1,60}(?:\s?\.\s?[A-Za-z0-9-]{1,30}){1,4})(?![\w])",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundContact:
    """A contact with the line it stands on."""

    line: int
    contact: Contact


def read_contacts(pieces: Sequence[Piece]) -> list[FoundContact]:
    """All contacts in order, hours and postcodes joined to what they belong to."""
    found: list[FoundContact] = []
    known: set[tuple[str, str, str | None]] = set()
    loose: list[Piece] = []
    for piece in pieces:
        if piece.kind in {"targets", "team", "person", "series", "period"}:
            continue
        new = list(_of_piece(piece))
        for entry in new:
            if _key(entry) not in known:
                known.add(_key(entry))
                found.append(entry)
        if not new:
            _join_postcode(found, piece)
        if _FOR_ALL.search(piece.text) or (piece.is_said and piece.team is None):
            loose.append(replace(piece, team=None))
        elif not new:
            loose.append(piece)
    loose += _hours_below(found, loose)
    timed = [piece for piece in loose if read_hours(piece.text)]
    for piece in timed[:_MOST_HOURS]:
        _join_hours(found, piece)
    return found


def _hours_below(found: Sequence[FoundContact], loose: Sequence[Piece]) -> Iterator[Piece]:
    """The one line of nothing but hours below a run of the teams' numbers holds for them all."""
    alone = [piece for piece in loose if _ONLY_HOURS.fullmatch(piece.text)]
    lines = [entry.line for entry in found if entry.contact.kind == ContactKind.PHONE]
    is_run = len(lines) > 1 and lines == list(range(lines[0], lines[0] + len(lines)))
    if len(alone) == 1 and is_run and alone[0].line == lines[-1] + 1:
        yield replace(alone[0], team=None, label="值班电话")


def _key(entry: FoundContact) -> tuple[str, str, str | None]:
    return (entry.contact.kind, entry.contact.value, entry.contact.team)


def _of_piece(piece: Piece) -> Iterator[FoundContact]:
    numbers = () if piece.kind == "box" else _phones(piece)
    for contact in (*numbers, *_emails(piece), *_places(piece)):
        yield FoundContact(piece.line, contact)


def _phones(piece: Piece) -> Iterator[Contact]:
    matches = list(_PHONE.finditer(_BROKEN_MAIL.sub(lambda m: "@" * len(m.group()), piece.text)))
    hours = read_hours(piece.text)
    mobiles = any(match["mobile"] for match in matches)
    for index, match in enumerate(matches):
        if _MISPRINTED.search(piece.text[max(0, match.start() - 6) : match.start()]) or (
            match["bare"]
            and not _is_number(piece.kind)
            and not _NUMBER_AHEAD.search(piece.text[: match.start()])
        ):
            continue
        stop = matches[index + 1].start() if index + 1 < len(matches) else len(piece.text)
        start = matches[index - 1].end() if index else 0
        kinds = uses_of(
            piece,
            piece.text[start : match.start()],
            piece.text[match.end() : stop],
            bool(match["mobile"]) or not (mobiles or piece.is_carried),
        )
        team = _team_of(piece, piece.text[match.end() : stop], index, len(matches))
        for kind in kinds:
            answered = hours if kind.facts.has_hours else None
            yield Contact(kind, _number(match), team=team, hours=answered)


def _team_of(piece: Piece, after: str, index: int, count: int) -> str | None:
    """The team that a number is for: in brackets behind it, or one by one ('分别为')."""
    if (note := _NOTE.match(after)) and (named := team_names.find_named(note[1])):
        return named[0].names[0]
    if piece.group and len(piece.group) == count and "分别" in piece.text:
        return piece.group[index]
    return piece.team


def _is_number(kind: str) -> bool:
    return isinstance(kind, ContactKind) and kind.facts.is_number


def _number(match: re.Match[str]) -> str:
    if match["area"]:
        return f"{match['area']}-{''.join(match['local'].split())}"
    if match["mobile"]:
        return re.sub(r"[-\s]", "", match["mobile"])
    return match["service"] or match["bare"]


def _emails(piece: Piece) -> Iterator[Contact]:
    for match in _BROKEN_MAIL.finditer(piece.text):
        host = re.sub(r"\s", "", match[3])
        yield Contact(ContactKind.EMAIL, f"{match[1]}@{host}", team=piece.team)


def _places(piece: Piece) -> Iterator[Contact]:
    """Contacts that are words: mailboxes, rooms, accounts, addresses on the web."""
    for match in _WEB.finditer(piece.text):
        yield Contact(ContactKind.WEB, match.group(), team=piece.team)
    yield from addresses(piece)
    yield from rooms(piece)
    if piece.kind == "wechat" or "公众号" in piece.text:
        yield from _wechat(piece)


def _wechat(piece: Piece) -> Iterator[Contact]:
    near = (
        piece.text
        if piece.kind == "wechat"
        else piece.text[max(0, piece.text.find("公众号") - 20) :]
    )
    if quoted := _QUOTED.search(near):
        yield Contact(ContactKind.WECHAT, quoted[1], team=piece.team)
    elif piece.kind == "wechat" and not piece.is_carried and not _CODE.search(piece.text):
        value = re.split(r"[,;。\s(]", piece.text)[0]
        if 2 <= len(value) <= 30:
            yield Contact(ContactKind.WECHAT, value, team=piece.team)


def _join_postcode(found: list[FoundContact], piece: Piece) -> None:
    """A piece of its own that only gives a postcode belongs to the address before it."""
    if (code := POSTCODE.search(piece.text)) and (piece.kind == "postcode" or "邮编" in piece.text):
        _change_last(found, piece, {ContactKind.POSTAL}, postcode=code[1] or code[2])


def _join_hours(found: list[FoundContact], piece: Piece) -> None:
    """Hours that stand apart hold for the phones, or the rooms, that have none of their own."""
    for clause in re.split(r"[;。]", piece.text):
        if not (hours := read_hours(clause)):
            continue
        about = piece.label + clause
        if re.search(r"电话|接听|接电|值班|值守|来电|受理|工作时间", about):
            _set_hours(found, piece, frozenset({ContactKind.PHONE}), hours)
        if re.search(r"来访|接待|接访", about) or re.search(r"^(?!.*电话).*受理", about):
            _set_hours(found, piece, frozenset({ContactKind.RECEPTION}), hours)


def _change_last(
    found: list[FoundContact], piece: Piece, kinds: set[ContactKind], *, postcode: str
) -> None:
    for index in range(len(found) - 1, -1, -1):
        contact = found[index].contact
        if contact.kind in kinds and contact.team == piece.team and contact.postcode is None:
            found[index] = replace(found[index], contact=replace(contact, postcode=postcode))
            return


def _set_hours(
    found: list[FoundContact], piece: Piece, kinds: frozenset[ContactKind], hours: Hours
) -> None:
    for index, entry in enumerate(found):
        contact = entry.contact
        if contact.kind in kinds and contact.hours is None and piece.team in {None, contact.team}:
            found[index] = replace(entry, contact=replace(contact, hours=hours))
