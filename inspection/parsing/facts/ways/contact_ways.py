"""Ways to reach the inspectors: phones, mailboxes, accounts, and when they answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inspection.contact_kinds import ContactKind
from inspection.notice import Contact, Hours
from inspection.parsing.facts.ways.hours import read_hours
from inspection.parsing.facts.ways.number_uses import uses_of
from inspection.parsing.layout.pieces import Piece

_DASH = r"[-—–―－\s]"
_PHONE = re.compile(
    rf"(?<![\d@A-Za-z_./])(?:\(?(?P<area>0\d{{2,3}})\)?{_DASH}{{0,3}}(?P<local>\d{{7,8}})"
    rf"|(?P<mobile>1[3-9]\d[-\s]?\d{{4}}[-\s]?\d{{4}})|(?P<service>[48]00-?\d{{3}}-?\d{{4}})|(?P<bare>\d{{7,8}}))(?![\d@A-Za-z_])"
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,80}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII
)
_WEB = re.compile(r"(?:https?://|www\.)[^\s,;。、()“”\u4e00-\u9fff]+", re.ASCII)
_POSTCODE = re.compile(
    r"[,;。、\s(]{0,4}(?:邮编|邮政编码|编码)?\s*[:为是]?\s*(?<!\d)(\d{6})(?!\d)\)?"
)
_POST_BOX = re.compile(
    r"(?:邮政(?:专用)?信箱|专用信箱|信箱|(?:来信|通信|通讯|邮寄)地址)(?:设?为|是|:)\s*([^,;。]{4,50})"
)
_FOR_ALL = re.compile(r"(?:上述|以上|各组)[^。;()]{0,10}(?:电话|时间)|电话[^。;()]{0,6}均")
_NUMBER_AHEAD = re.compile(r"电话|传真")
_QUOTED = re.compile(r"[“\"‘《]([^”\"’》]{2,30})[”\"’》]")
_CODE = re.compile(r"二维码|见下|扫码|扫描")
_TIME_NOTE = re.compile(r"[,;\s]*\(?[^,;()]{0,12}(?:时间|工作日|每天|每日|周一|星期一)[^()]*\)?$")


@dataclass(frozen=True, slots=True)
class FoundContact:
    """A contact with the line it stands on."""

    line: int
    contact: Contact


def read_contacts(pieces: Sequence[Piece]) -> list[FoundContact]:
    """All contacts in order, hours and postcodes joined to what they belong to."""
    found: list[FoundContact] = []
    loose: list[Piece] = []
    for piece in pieces:
        if piece.kind in {"box", "targets", "team", "person", "series", "period"}:
            continue
        new = list(_of_piece(piece))
        found += [entry for entry in new if all(_key(entry) != _key(old) for old in found)]
        if not new:
            _join_postcode(found, piece)
            loose.append(piece)
        elif _FOR_ALL.search(piece.text):
            loose.append(replace(piece, team=None))
    for piece in loose:
        _join_hours(found, piece)
    return found


def _key(entry: FoundContact) -> tuple[str, str, str | None]:
    return (entry.contact.kind, entry.contact.value, entry.contact.team)


def _of_piece(piece: Piece) -> Iterator[FoundContact]:
    for contact in (*_phones(piece), *_emails(piece), *_places(piece)):
        yield FoundContact(piece.line, contact)


def _phones(piece: Piece) -> Iterator[Contact]:
    matches = list(_PHONE.finditer(_EMAIL.sub(lambda m: "@" * len(m.group()), piece.text)))
    hours = read_hours(piece.text)
    mobiles = any(match["mobile"] for match in matches)
    for index, match in enumerate(matches):
        if (
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
        for kind in kinds:
            answered = hours if kind.facts.has_hours else None
            yield Contact(kind, _number(match), team=piece.team, hours=answered)


def _is_number(kind: str) -> bool:
    return isinstance(kind, ContactKind) and kind.facts.is_number


def _number(match: re.Match[str]) -> str:
    if match["area"]:
        return f"{match['area']}-{match['local']}"
    if match["mobile"]:
        return re.sub(r"[-\s]", "", match["mobile"])
    return match["service"] or match["bare"]


def _emails(piece: Piece) -> Iterator[Contact]:
    for match in _EMAIL.finditer(piece.text):
        yield Contact(ContactKind.EMAIL, match.group(), team=piece.team)


def _places(piece: Piece) -> Iterator[Contact]:
    """Contacts that are words: mailboxes, rooms, accounts, addresses on the web."""
    for match in _WEB.finditer(piece.text):
        yield Contact(ContactKind.WEB, match.group(), team=piece.team)
    if piece.kind == "postal" and not _EMAIL.search(piece.text):
        yield from _postal(piece, piece.text)
    elif piece.kind == "reception":
        yield from _reception(piece)
    elif piece.kind == "wechat" or "公众号" in piece.text:
        yield from _wechat(piece)
    elif (box := _POST_BOX.search(piece.text)) and "@" not in box[1]:
        yield from _postal(piece, box[1])


def _postal(piece: Piece, text: str) -> Iterator[Contact]:
    code = _POSTCODE.search(text)
    value = (text[: code.start()] + text[code.end() :] if code else text).strip(" ,;。()")
    if re.search(r"[\u4e00-\u9fff]", value) and len(value) <= 80:
        yield Contact(ContactKind.POSTAL, value, code[1] if code else None, piece.team)


def _reception(piece: Piece) -> Iterator[Contact]:
    first = re.split(r"[;。]", piece.text)[0]
    value = _TIME_NOTE.sub("", _PHONE.sub("", first)).strip(" ,;。")
    value = re.sub(r"[,;]?\s*(?:联系)?电话\s*:?\s*$", "", value)
    if re.search(r"[\u4e00-\u9fff]{2}", value) and len(value) <= 80 and "来电" not in piece.label:
        yield Contact(ContactKind.RECEPTION, value, team=piece.team, hours=read_hours(piece.text))


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
    if (code := _POSTCODE.search(piece.text)) and (
        piece.kind == "postcode" or "邮编" in piece.text
    ):
        _change_last(found, piece, {ContactKind.POSTAL}, postcode=code[1])


def _join_hours(found: list[FoundContact], piece: Piece) -> None:
    """Hours that stand apart hold for the phones, or the rooms, that have none of their own."""
    if hours := read_hours(piece.text):
        about = piece.label + piece.text
        if re.search(r"电话|接听|值班|来电|受理|工作时间", about):
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
