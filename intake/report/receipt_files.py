"""The receipt to keep: what was delivered and when, as plain text that the site has signed.

It holds no word of the report, no name of a file and not the receipt's code, so that showing it
gives nothing away. Of each file that came with the report it tells sort, size and digest.

What is signed (Ed25519) is the text above the signature's line, in UTF-8 with LF line ends. What
editors and messengers change on the way, a mark at the start, CRLF and blanks at the ends of
lines, is taken back before checking; any other change is found.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME = "回执.txt"
LONGEST = 64 * 1024

_SIGNATURE = "签名："
# The first line names the version: a signature of one kind of text is none of another.
_TEXT = """信访回执（第{version}版）

轮次：{round_title}
收到时间：{moment}
封存内容的指纹（SHA-256）：{digest}
网站的公钥（Ed25519）：{public_key}
{files}
这份回执说明：网站在上面的时间收到了一份反映，并且加密封存。
指纹是从封存的内容算出来的一串字，内容改动一点，指纹就对不上。
回执里没有您写的内容，也没有查询码。查询码请另外抄好。
{about_files}要查真假，请打开收到它的网站，在“查询回执”里选“核对回执文件”。
请不要改动这个文件，改一个字就核对不过。
"""
# Of files the second version tells; without any it stays the first, of which many are kept.
_BARE, _WITH_FILES = 1, 2
_ABOUT_FILES = """文件的指纹是从收到的每个文件算出来的，次序和交来时一样。这里不写文件名。
网页缩小过的照片，指纹是缩小以后的。
"""
_FILE = re.compile(r"第(\d{1,2})个：([^，\n]+)，(\d+) 字节，SHA-256：([0-9a-f]{64})\n")
_FACTS = re.compile(
    r"信访回执（第[12]版）\n\n"
    r"轮次：(?P<round_title>[^\n]+)\n"
    r"收到时间：(?P<moment>[^\n]+)\n"
    r"封存内容的指纹（SHA-256）：(?P<digest>[0-9a-f]{64})\n"
    r"网站的公钥（Ed25519）：(?P<public_key>[A-Za-z0-9+/]{43}=)\n"
    rf"(?:收到的文件：\d\d? 个\n(?P<files>(?:{_FILE.pattern})+))?\n"
)


class NotGenuine(ValueError):
    """The text is no receipt that the key's owner signed, or it was changed."""


class SignedByAnother(NotGenuine):
    """The text names another public key than the one it was checked with."""


class BadPublicKey(ValueError):
    """What was given as the public key is none."""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it was received: what people call its sort, its bytes, their SHA-256 in hex."""

    sort: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a genuine receipt says."""

    round_title: str
    received_at: datetime
    digest: str
    files: tuple[ReceivedFile, ...] = ()


@lru_cache(maxsize=2)
def public_key(seed: bytes) -> str:
    """The public half of a 32-byte seed, in base64."""
    return base64.b64encode(_signer(seed).public_key().public_bytes_raw()).decode()


@lru_cache(maxsize=2)
def _signer(seed: bytes) -> Ed25519PrivateKey:
    """Every receipt is signed: the key is read from its seed once."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def make(
    *,
    round_title: str,
    received_at: datetime,
    zone: tzinfo,
    digest: str,
    seed: bytes,
    files: Sequence[ReceivedFile] = (),
) -> str:
    """The receipt's text, its moment to the second by the clocks of the zone."""
    local = received_at.astimezone(zone).replace(microsecond=0)
    text = _TEXT.format(
        # A title of several lines could else pass for the lines that follow it.
        round_title=" ".join(round_title.split()),
        moment=_moment_line(local),
        digest=digest,
        public_key=public_key(seed),
        version=_WITH_FILES if files else _BARE,
        files=_file_lines(files),
        about_files=_ABOUT_FILES if files else "",
    )
    signature = _signer(seed).sign(text.encode())
    return f"{text}{_SIGNATURE}{base64.b64encode(signature).decode()}\n"


def to_bytes(text: str) -> bytes:
    """The text as a file: old editors need the mark at the start and CRLF to show it rightly."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def from_bytes(content: bytes) -> str:
    """The text of a file. Raises NotGenuine for what is too large or no text."""
    if len(content) > LONGEST:
        raise NotGenuine("too large for a receipt")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotGenuine("not UTF-8") from error


def verify(text: str, public_key: str) -> Verified:
    """What the receipt says, if the owner of `public_key` signed it.

    Raises NotGenuine or SignedByAnother; BadPublicKey when the key itself cannot be one.
    """
    owner = _owner_of(public_key)
    signed, signature = _parted(text)
    facts = _FACTS.match(signed)
    if facts is None:
        raise NotGenuine("not a receipt")
    if facts["public_key"] != public_key.strip():
        raise SignedByAnother("signed with another key")
    try:
        owner.verify(signature, signed.encode())
    except (InvalidSignature, UnicodeEncodeError) as error:
        raise NotGenuine("the signature does not fit") from error
    files = tuple(
        ReceivedFile(sort, int(size), sha256)
        for _, sort, size, sha256 in _FILE.findall(facts["files"] or "")
    )
    return Verified(facts["round_title"], _moment(facts["moment"]), facts["digest"], files)


def _parted(text: str) -> tuple[str, bytes]:
    """What was signed, and the signature under it."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    kept = "\n".join(line.rstrip(" \t") for line in lines).rstrip("\n")
    signed, _, last = kept.rpartition("\n")
    if not last.startswith(_SIGNATURE):
        raise NotGenuine("no signature at the end")
    return f"{signed}\n", _decoded(last.removeprefix(_SIGNATURE))


def _decoded(typed: str) -> bytes:
    """A signature's bytes; only the one way of writing them that `make` has."""
    try:
        signature = base64.b64decode(typed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotGenuine("the signature is unreadable") from error
    if base64.b64encode(signature).decode() != typed:
        raise NotGenuine("the signature is written in another way")
    return signature


def _owner_of(public_key: str) -> Ed25519PublicKey:
    try:
        raw = base64.b64decode(public_key.strip(), validate=True)
        return Ed25519PublicKey.from_public_bytes(raw)
    except ValueError as error:
        raise BadPublicKey("not an Ed25519 public key in base64") from error


def _file_lines(files: Sequence[ReceivedFile]) -> str:
    if not files:
        return ""
    lines = [
        f"第{number}个：{file.sort}，{file.size} 字节，SHA-256：{file.sha256}\n"
        for number, file in enumerate(files, 1)
    ]
    return f"收到的文件：{len(files)} 个\n{''.join(lines)}"


def _moment_line(local: datetime) -> str:
    """'2025年4月15日 10:02:33 +08:00'."""
    day = f"{local.year}年{local.month}月{local.day}日"
    return f"{day} {local.time().isoformat()} {local.isoformat()[-6:]}"


def _moment(line: str) -> datetime:
    try:
        return datetime.strptime(line, "%Y年%m月%d日 %H:%M:%S %z")
    except ValueError as error:
        raise NotGenuine("no moment") from error
