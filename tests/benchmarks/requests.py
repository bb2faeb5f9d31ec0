"""The requests of the load: 3 KB of Chinese text in a form with every field filled."""

from urllib.parse import urlencode

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


def get(path: str, count: int) -> list[bytes]:
    """The same page, again and again."""
    return [f"GET {path} HTTP/1.1\r\n{_HOST}\r\n".encode()] * count


def site_reports(environment: dict[str, str], count: int) -> list[bytes]:
    """Reports for the site, each with a token of its own."""
    tokens = run_python(environment, "-m", "tests.benchmarks.make_tokens", str(count)).split()
    return [_post("/report/", {**_FIELDS, "target": "", "form_token": token}) for token in tokens]


def plain_reports(count: int) -> list[bytes]:
    """Reports for the yardstick, which guards its form with Django's CSRF cookie."""
    fields = {**_FIELDS, "target": "t3", "csrfmiddlewaretoken": _CSRF}
    cookie = f"Cookie: csrftoken={_CSRF}\r\nReferer: https://127.0.0.1/\r\n"
    return [_post("/report/", fields, cookie)] * count


def _post(path: str, fields: dict[str, str], more_headers: str = "") -> bytes:
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\n{_HOST}{more_headers}"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
