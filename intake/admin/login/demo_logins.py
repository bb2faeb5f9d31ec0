"""The demo's login page lists its invented accounts with the code of the moment.

Only in development and only when DEMO_LOGINS names the file; the settings refuse it elsewhere.
"""

import json
from base64 import b32decode
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django_otp.oath import hotp

from intake.choices import Role
from intake.models import Authenticator

_STEP = 30


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """An invented account, as everybody may see it."""

    username: str
    password: str = field(repr=False)
    role: str
    code: str = field(repr=False)


def demo_logins(real_at: datetime) -> list[DemoLogin]:
    """The accounts of the demo; none on a real site."""
    path = settings.DEMO_LOGINS
    if not path or not settings.DEVELOPMENT:
        return []
    entries = json.loads(Path(path).read_text(encoding="utf-8"))
    used = dict(
        Authenticator.objects.filter(
            user__username__in=[entry["username"] for entry in entries]
        ).values_list("user__username", "last_t")
    )
    return [
        DemoLogin(
            username=entry["username"],
            password=entry["password"],
            role=_role_words(entry),
            code=_code(entry["totp_secret"], real_at, used.get(entry["username"], -1)),
        )
        for entry in entries
    ]


def _role_words(entry: dict[str, Any]) -> str:
    """'市县统筹第四巡察组，可以审批'; older files do not tell who approves."""
    words = entry["team"] or str(Role(entry["role"]).label)
    return f"{words}，可以审批" if entry.get("approves") else words


def _code(secret: str, real_at: datetime, last_used: int) -> str:
    """The code of the moment, or the next one, which works already, when that one was used."""
    moment = int(real_at.timestamp()) // _STEP
    counter = moment + 1 if last_used == moment else moment
    return f"{hotp(b32decode(secret), counter):06d}"
