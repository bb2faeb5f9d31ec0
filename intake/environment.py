"""Reads settings from the environment: each function gives a checked value or stops the start.

It imports nothing of the project, so that the settings file can use it before Django is ready.
"""

import base64
import binascii
import os
from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_address
from typing import Any, cast

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def flag(name: str, *, default: bool = False) -> bool:
    """'true' or 'false'; any other word stops the start."""
    word = os.environ.get(name, "")
    if word in ("true", "false"):
        return word == "true"
    if word == "":
        return default
    raise ImproperlyConfigured(f"{name} 只能写 true 或 false，现在写的是：{word!r}")


def text(name: str, *, default: str = "") -> str:
    """A line of text, trimmed."""
    return os.environ.get(name, default).strip()


def template(name: str, *, slot: str, default: str) -> str:
    """An address with a slot for what is looked for; set to nothing, there is none."""
    value = text(name, default=default)
    if value and not (value.startswith("https://") and value.count(slot) == 1):
        raise ImproperlyConfigured(f"{name} 应当以 https:// 开头，并且写一次 {slot}。")
    return value


def words(name: str, *, default: str = "") -> list[str]:
    """A list separated by commas, without empty parts."""
    return [part.strip() for part in text(name, default=default).split(",") if part.strip()]


def addresses(name: str) -> list[str]:
    """A list of IP addresses: what is no address could never match one."""
    values = words(name)
    for value in values:
        try:
            ip_address(value)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} 里的 {value} 不是一个 IP 地址。") from error
    return values


def hosts(name: str, *, default: str) -> list[str]:
    """The names under which the site answers; without any it could answer nobody."""
    values = words(name, default=default)
    if not values:
        raise ImproperlyConfigured(f"缺少 {name}。请写网站的域名，多个用逗号隔开。")
    return values


def secret(name: str, *, stand_in: str | None, at_least: int = 32) -> str:
    """A secret of at least `at_least` characters; `stand_in` is used only in development."""
    value = os.environ.get(name, "")
    if not value and stand_in is not None:
        return stand_in
    if not value:
        raise ImproperlyConfigured(f"缺少 {name}。不在开发模式（DEBUG=true）时，必须设置它。")
    if len(value) < at_least:
        raise ImproperlyConfigured(f"{name} 太短，至少要 {at_least} 个字符。")
    return value


def stand_ins(*, allowed: bool) -> Callable[[str], str | None]:
    """What makes the stand-in for a secret; there is one only in development."""
    return lambda name: f"for-development-only-{name}-0123456789" if allowed else None


def signing_key(name: str, *, stand_in: bytes | None) -> bytes:
    """An Ed25519 seed of 32 bytes in base64; `stand_in` is used only in development."""
    value = text(name)
    if not value and stand_in is not None:
        return stand_in
    if not value:
        raise ImproperlyConfigured(f"缺少 {name}。不在开发模式（DEBUG=true）时，必须设置它。")
    try:
        seed = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(f"{name} 不是 base64 编码。") from error
    if len(seed) != 32:
        raise ImproperlyConfigured(f"{name} 应当是 32 个字节，现在是 {len(seed)} 个。")
    return seed


def moment(name: str, *, allowed: bool) -> datetime | None:
    """An ISO moment with its offset from UTC, or None when it is not set."""
    value = text(name)
    if not value:
        return None
    if not allowed:
        raise ImproperlyConfigured(f"{name} 只能和 DEBUG=true 一起用；正式运行时不能改动时间。")
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} 不是时刻，应当像 2025-04-15T10:00:00+08:00，现在是：{value!r}"
        ) from error
    if at.tzinfo is None:
        raise ImproperlyConfigured(f"{name} 要带时差，例如 {value}+08:00")
    return at


def number(name: str, *, default: int) -> int:
    """A whole number from 1 on."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise ImproperlyConfigured(f"{name} 应当是从 1 起的整数，现在是：{value!r}")
    return int(value)


def demo_file(name: str, *, allowed: bool) -> str:
    """The path of a file that only the demo reads, or '' when it is not set."""
    value = text(name)
    if value and not allowed:
        raise ImproperlyConfigured(f"{name} 只能和 DEBUG=true 一起用；它会公开演示账号的密码。")
    return value


def database(default: str, *, seconds: tuple[int, int] | None = None) -> dict[str, Any]:
    """Django's description of the database at DATABASE_URL, set to keep what it acknowledges.

    PostgreSQL ends a statement that takes longer than the first of `seconds`, and the site ends a
    commit that a standby does not confirm within the second; None lets them go on.
    """
    url = text("DATABASE_URL", default=default)
    try:
        config = dict(dj_database_url.parse(url))
    except (dj_database_url.UnknownSchemeError, dj_database_url.ParseError, ValueError) as error:
        raise ImproperlyConfigured("DATABASE_URL 读不懂。") from error
    engine = config.get("ENGINE", "")
    if engine == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            ),
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        }
    elif engine == "django.db.backends.postgresql":
        options: dict[str, Any] = {**cast("dict[str, Any]", config.get("OPTIONS") or {})}
        options["options"] = f"{options.get('options', '')} -c synchronous_commit=on".strip()
        if seconds is not None:
            options["options"] += f" -c statement_timeout={seconds[0]}s"
        # The server prepares what is asked often once, and takes sealed bytes as they are.
        options.setdefault("server_side_binding", True)
        # Two requests of a worker run at once; the others cover who still holds a connection.
        options.setdefault("pool", {"min_size": 2, "max_size": 4, "timeout": 10})
        config["OPTIONS"] = options
        config["CONN_MAX_AGE"] = 0
        config["ENGINE"] = "intake.keeping.both_hosts"
        config["COMMIT_SECONDS"] = seconds[1] if seconds else None
    else:
        raise ImproperlyConfigured("DATABASE_URL 只能是 SQLite 或 PostgreSQL。")
    return config
