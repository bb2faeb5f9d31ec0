"""What a number serves for: calls, text messages, fax, or complaints about the inspectors."""

import re

from inspection.contact_kinds import ContactKind
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.text import labels

_BOTH_WAYS = re.compile(
    r"(?:可|能|也可|同时|兼|并)?(?:以)?(?:接收|受理|收|发送|发)?(?:手机)?短信|短信同号"
)
_ONLY_TEXTS = re.compile(
    r"^\s{0,2}\((?![^()]{0,20}[可也兼同和及])[^()]{0,6}(?:仅|只|专|用于|限)[^()]{0,8}短信|^\s{0,2}\([^()]{0,6}(?:仅|只)[^()]{0,6}短信"
)
_TEXTS_TOO = re.compile(r"^[,\s]{0,2}[^,。;]{0,6}接听[和及、与]{0,2}(?:接)?收(?:发)?短信")
_CALLS = re.compile(r"电话|来电|热线|通话")
_FAX_OR_CALL = re.compile(r"传真(?:电话|热线)?|电话|来电|热线|手机|座机")
# '电话(传真)', '传真/电话', '电话兼传真': one number for both.
_BOTH_NUMBERS = re.compile(
    r"(?:电话|热线|座机)[/、()及和兼与暨]{0,3}传真(?:号码?|同号)?[)::]?\s*$"
    r"|传真[/、()及和兼与暨]{1,3}(?:电话|座机)(?:号码?)?[)::]?\s*$"
)
_ALSO = re.compile(r"[兼也可同及]")
_NOTE = re.compile(r"^\s*\(([^()]{0,12})\)")
_ABOUT_INSPECTORS = re.compile(
    r"监督(?:举报)?电话|监督巡[察视](?:干部|组|人员)|对巡[察视](?:干部|组|人员|工作人员)的(?:意见|监督|举报)|(?:巡[察视](?:干部|组(?:工作)?人员|工作人员))[^。;]{0,20}(?:违规|违纪|违法|作风)|对巡[察视](?:干部|组|人员|工作人员).{0,20}(?:监督|反映|举报)"
)


def uses_of(piece: Piece, before: str, after: str, takes_text: bool) -> tuple[ContactKind, ...]:
    """What one number serves for, from its label and the words around it."""
    label = re.split(r"[。;]", before)[-1]
    fax = _fax(piece, label, after)
    is_told = "supervision" in {piece.kind, labels.kind_of(piece.heading)}
    is_about_inspectors = is_told or _ABOUT_INSPECTORS.search(piece.label + before)
    if fax == (ContactKind.FAX,) or (fax and not is_about_inspectors):
        return fax
    if is_about_inspectors:
        return (ContactKind.SUPERVISION,)
    return _calls_and_texts(piece, label, after, takes_text)


def _calls_and_texts(
    piece: Piece, label: str, after: str, takes_text: bool
) -> tuple[ContactKind, ...]:
    if "短信" in label or (piece.kind == "sms" and not piece.is_carried and "电话" not in label):
        clause = label.rsplit(",", maxsplit=1)[-1]
        about = next((words for words in (clause, label) if "短信" in words), piece.label)
        both = takes_text and _CALLS.search(about)
        return (ContactKind.PHONE, ContactKind.SMS) if both else (ContactKind.SMS,)
    if _TEXTS_TOO.match(after):
        return (ContactKind.PHONE, ContactKind.SMS)
    if _ONLY_TEXTS.match(after):
        return (ContactKind.SMS,)
    note = re.match(r"^\s*[,、]?\s*\(([^()]*)\)|^[^,;。、]{0,12}", after)
    if takes_text and ("短信" in piece.label or (note and _BOTH_WAYS.search(note.group()))):
        return (ContactKind.PHONE, ContactKind.SMS)
    return (ContactKind.PHONE,)


def _fax(piece: Piece, before: str, after: str) -> tuple[ContactKind, ...]:
    """What a number serves for whose own words, or else its label, name a fax."""
    note = _NOTE.match(after)
    if note and "传真" in note[1]:
        is_phone_too = _ALSO.search(note[1]) or "电话" in note[1]
        return (ContactKind.PHONE, ContactKind.FAX) if is_phone_too else (ContactKind.FAX,)
    named = [words for words in (before, "" if _CALLS.search(before) else piece.label) if words]
    about = next((words for words in named if _FAX_OR_CALL.search(words)), "")
    if _BOTH_NUMBERS.search(about):
        return (ContactKind.PHONE, ContactKind.FAX)
    last = "".join(_FAX_OR_CALL.findall(about)[-1:])
    return (ContactKind.FAX,) if last.startswith("传真") else ()
