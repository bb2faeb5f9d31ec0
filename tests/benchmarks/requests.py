"""The requests of the load: 3 KB of Chinese text in a form with every field filled.

Each report has an address and words of its own: a flood from one address is refused.
"""

import secrets
from collections.abc import Callable
from urllib.parse import urlencode
from zlib import crc32

from tests.benchmarks.servers import run_python

# About 3 KB of Chinese text in UTF-8, three bytes a character.
NARRATIVE = "（演示）村里的机动地去年发包没有开会也没有公示，几次去问都说本子不在。" * 28

_FIELDS = {
    "place": "梁水镇某村三组",
    "category": "village_money",
    "subject": "某村负责人",
    "happened": "去年秋天",
    "narrative": NARRATIVE,
    "identity": "anonymous",
    "reporter_name": "",
    "reporter_phone": "",
    "agree_privacy": "on",
    "website": "",
}
_HOST = "Host: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
# Django accepts the secret itself as the token; a browser would send it masked.
_CSRF = "A" * 32
_BOUNDARY = "----WebKitFormBoundaryAaBbCcDdEeFfGgHh"


def get(path: str, count: int) -> list[bytes]:
    """The same page, again and again."""
    return [f"GET {path} HTTP/1.1\r\n{_HOST}\r\n".encode()] * count


Encode = Callable[[dict[str, str]], tuple[str, bytes]]


def site_reports(environment: dict[str, str], encode: Encode, count: int) -> list[bytes]:
    """Reports for the site, each with a token of its own."""
    tokens = run_python(environment, "-m", "tests.benchmarks.make_tokens", str(count)).split()
    return [
        _post({**_of(token), "target": "", "form_token": token}, encode, _from(token))
        for token in tokens
    ]


def plain_reports(encode: Encode, count: int) -> list[bytes]:
    """Reports for the yardstick, which guards its form with Django's CSRF cookie."""
    cookie = f"Cookie: csrftoken={_CSRF}\r\nReferer: https://127.0.0.1/\r\n"
    guard = {"target": "t3", "csrfmiddlewaretoken": _CSRF}
    marks = [secrets.token_urlsafe(16) for _ in range(count)]
    return [_post({**_of(mark), **guard}, encode, _from(mark) + cookie) for mark in marks]


def url_encoded(fields: dict[str, str]) -> tuple[str, bytes]:
    """A form without files: its kind and its bytes."""
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def multipart(fields: dict[str, str]) -> tuple[str, bytes]:
    """As browsers send a form that may hold files; nobody chose one."""
    parts = [f'name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    parts.append(
        'name="attachments"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n'
    )
    lines = "".join(
        f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts
    )
    return f"multipart/form-data; boundary={_BOUNDARY}", f"{lines}--{_BOUNDARY}--\r\n".encode()


def _of(mark: str) -> dict[str, str]:
    return {**_FIELDS, "narrative": f"{NARRATIVE}{mark[-16:]}"}


def _from(mark: str) -> str:
    number = crc32(mark.encode())
    return f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"


def _post(fields: dict[str, str], encode: Encode, more_headers: str) -> bytes:
    kind, body = encode(fields)
    head = (
        f"POST /report/ HTTP/1.1\r\n{_HOST}{more_headers}"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
