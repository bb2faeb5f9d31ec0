"""The command that checks a receipt file, offline."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from intake.report import receipt_files
from tests.making import INSIDE, SHANGHAI
from tests.reading import ROOT

DIGEST = "ab" * 32
SEED, OTHER_SEED = bytes(django_settings.RECEIPT_SIGNING_KEY), bytes(range(32))


def write(folder: Path, *, seed: bytes = SEED, changed: tuple[str, str] = ("", "")) -> Path:
    text = receipt_files.make(
        round_title="一届市委第一轮巡察公告",
        received_at=INSIDE,
        zone=SHANGHAI,
        digest=DIGEST,
        seed=seed,
    )
    file = folder / "回执.txt"
    file.write_bytes(receipt_files.to_bytes(text.replace(*changed)))
    return file


def run(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("verify_receipt", str(file), *options, stdout=out)
    return out.getvalue()


def test_a_genuine_file_passes_and_its_facts_are_told(tmp_path: Path):
    said = run(write(tmp_path))
    for words in ("核对通过", "一届市委第一轮巡察公告", "2025-04-15 10:00:00 +0800", DIGEST):
        assert words in said


def test_a_changed_file_does_not_pass(tmp_path: Path):
    with pytest.raises(CommandError, match="核对不过"):
        run(write(tmp_path, changed=("10:00:00", "09:00:00")))


def test_a_file_of_another_site_needs_that_site_s_key(tmp_path: Path):
    file = write(tmp_path, seed=OTHER_SEED)
    assert "核对通过" in run(file, "--public-key", receipt_files.public_key(OTHER_SEED))
    with pytest.raises(CommandError, match="不是用这个公钥签名"):
        run(file)


@pytest.mark.parametrize("key", ["公钥", "AAAA", "x" * 44])
def test_what_is_no_key_is_told(tmp_path: Path, key: str):
    with pytest.raises(CommandError, match="公钥不对"):
        run(write(tmp_path), "--public-key", key)


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"a" * 70_000])
def test_what_is_no_receipt_does_not_pass(tmp_path: Path, content: bytes):
    file = tmp_path / "x"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="核对不过"):
        run(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(CommandError, match="打不开文件"):
        run(tmp_path / "none.txt")
    with pytest.raises(CommandError, match="打不开文件"):
        run(tmp_path)


@pytest.mark.parametrize(("changed", "status"), [(("", ""), 0), (("10:00", "09:00"), 1)])
def test_the_exit_tells_without_any_database(tmp_path: Path, changed: tuple[str, str], status: int):
    file = write(tmp_path, changed=changed)
    environment = {
        "PATH": os.environ["PATH"],
        "DEBUG": "true",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_receipt", str(file)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == status, done.stderr.decode()
    assert ("核对通过" in done.stdout.decode()) is (status == 0)
    assert ("核对不过" in done.stderr.decode()) is (status == 1)
