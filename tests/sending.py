"""Fills in the citizen's pages as a browser would, and reads the answers."""

import re
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from inspection import clock
from intake.citizen.forms import fresh_token

NARRATIVE = "（演示）机动地发包没有开会，也没有公示过。"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 200


def filled_in(**changes: Any) -> dict[str, Any]:
    """What a person sends who fills in only what is required; None leaves a field out."""
    fields = {
        "form_token": fresh_token(at=clock.real_now()),
        "narrative": NARRATIVE,
        "agree_privacy": "on",
    }
    return {name: v for name, v in {**fields, **changes}.items() if v is not None}


def named(**changes: Any) -> dict[str, Any]:
    """The same with a name and a phone."""
    person = {
        "identity": "named",
        "reporter_name": "张三（演示）",
        "reporter_phone": "13800000000",
        "agree_sensitive": "on",
    }
    return filled_in(**{**person, **changes})


def photo(name: str = "照片.jpg", content: bytes = JPEG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def code_of(response: HttpResponse) -> str:
    """The code on a receipt: five groups of four digits."""
    element = re.search(r'id="receipt-code">(.*?)</', text_of(response).replace("</span>", ""))
    assert element, text_of(response)
    code = re.sub(r"<[^>]*>", "", element[1]).strip()
    assert re.fullmatch(r"\d{4}( \d{4}){4}", code)
    return code


def token_of(response: HttpResponse) -> str:
    token = re.search(r'name="form_token" value="([^"]+)"', text_of(response))
    assert token, text_of(response)
    return token[1]


def look_up_token(code: str) -> str:
    """The token of the supplement's form behind a code."""
    return token_of(Client().post("/receipt/", {"code": code}))  # type: ignore[arg-type]


def nonce_of(token: str) -> str:
    return token.split(".")[1]


def narrative_of(response: HttpResponse) -> str:
    """The text in the field that gives it back, as a browser reads it."""
    area = re.search(
        r'<textarea[^>]*name="narrative"[^>]*>\n?(.*?)</textarea>', text_of(response), re.S
    )
    assert area, text_of(response)
    return unescape(area[1])


def invalid_fields(response: HttpResponse) -> set[str]:
    """Names of the fields that are marked, each with its message where it says it is."""
    page = text_of(response)
    names = set()
    for element in re.findall(r"<(?:input|select|textarea)[^>]*aria-invalid=\"true\"[^>]*>", page):
        described = re.search(r'aria-describedby="([^"]*)"', element)
        name = re.search(r' name="([^"]*)"', element)
        assert described and name, element
        assert f'id="{described[1].split()[-1]}"' in page
        names.add(name[1])
    return names


def preview_token(response: HttpResponse) -> str:
    """What a preview of several items is confirmed with."""
    token = re.search(r'name="token" value="([^"]+)"', text_of(response))
    assert token, text_of(response)
    return token[1]
