"""The settings file refuses to start on a bad or missing value, and production is tight."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from intake import environment

ROOT = Path(__file__).resolve().parents[2]

PRODUCTION = {
    "SECRET_KEY": "an-invented-secret-key-of-more-than-fifty-characters-0123456789",
    "RECEIPT_KEY": "an-invented-receipt-key-of-32-characters-or-more",
    "AUDIT_KEY": "an-invented-audit-key-of-32-characters-or-more",
    "RECEIPT_SIGNING_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "ALLOWED_HOSTS": "xuncha.example.org",
}


def check(*arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Runs `manage.py check` under production's environment with these changes."""
    values = {"PATH": os.environ["PATH"], **PRODUCTION, **environment}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=ROOT,
        env={name: value for name, value in values.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_the_deployment_check_without_warnings():
    done = check("--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "RECEIPT_KEY", "AUDIT_KEY", "RECEIPT_SIGNING_KEY", "ALLOWED_HOSTS"]
)
def test_a_missing_value_stops_the_start(name: str):
    done = check(**{name: None})
    assert done.returncode != 0
    assert f"缺少 {name}" in done.stderr


def test_development_needs_no_secret():
    secrets = ("SECRET_KEY", "RECEIPT_KEY", "AUDIT_KEY", "RECEIPT_SIGNING_KEY")
    done = check(DEBUG="true", **dict.fromkeys(secrets))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DEBUG", "True", "只能写 true 或 false"),
        ("DEBUG", "0", "只能写 true 或 false"),
        ("SECRET_KEY", "short", "太短"),
        ("RECEIPT_KEY", "short", "太短"),
        ("AUDIT_KEY", "short", "太短"),
        ("SECOND_FACTOR_KEY", "short", "太短"),
        ("RECEIPT_SIGNING_KEY", "not base64!", "不是 base64"),
        ("RECEIPT_SIGNING_KEY", "AAEC", "应当是 32 个字节"),
        ("DATABASE_URL", "mysql://host/name", "SQLite 或 PostgreSQL"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL"),
        ("SIMULATED_NOW", "2025-04-15T10:00:00+08:00", "DEBUG=true"),
        ("MAP_URL", "http://map.example/?q={words}", "https://"),
        ("MAP_URL", "https://map.example/", "写一次 {words}"),
        ("TRUSTED_PROXIES", "127.0.0.1,nginx", "nginx 不是一个 IP 地址"),
        ("TRUSTED_PROXIES", "10.0.0.0/8", "不是一个 IP 地址"),
        ("DEMO_LOGINS", "var/demo/logins.json", "DEBUG=true"),
    ],
)
def test_a_bad_value_stops_the_start(name: str, value: str, message: str):
    done = check(**{name: value})
    assert done.returncode != 0
    assert message in done.stderr


@pytest.mark.parametrize("value", ["2025-04-15T10:00:00", "yesterday"])
def test_a_simulated_moment_needs_its_offset(value: str):
    done = check(DEBUG="true", SIMULATED_NOW=value)
    assert done.returncode != 0
    assert "SIMULATED_NOW" in done.stderr


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "１"])
def test_a_scale_that_is_no_whole_number_stops_the_start(value: str):
    done = check(FLOOD_SCALE=value)
    assert done.returncode != 0
    assert "FLOOD_SCALE" in done.stderr


def test_sqlite_is_on_the_disk_before_a_commit_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """2 is FULL: with less, a power cut takes what a receipt was shown for."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'site.sqlite3'}")
    options = environment.database("")["OPTIONS"]
    with closing(sqlite3.connect(tmp_path / "site.sqlite3")) as database:
        database.executescript(options["init_command"])
        asked = ("synchronous", "journal_mode", "foreign_keys")
        answers = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert answers == [2, "wal", 1]
    assert options["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db
def test_the_database_keeps_what_it_acknowledges():
    """On the connection that the site really has; 2 is SQLite's FULL."""
    asked = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        assert cursor.fetchone()[0] in (2, "on")


def test_whatever_the_umask_the_program_writes_for_itself_alone(tmp_path: Path):
    database = tmp_path / "site.sqlite3"
    done = subprocess.run(
        ["/bin/sh", "-c", 'umask 000 && "$0" manage.py migrate inspection 0001', sys.executable],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DEBUG": "true", "DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_the_server_writes_for_itself_alone():
    code = "import os; os.umask(0); import intake.wsgi; print(oct(os.umask(0)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DEBUG": "true", "DATABASE_URL": "sqlite:///:memory:"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "0o77", done.stderr
