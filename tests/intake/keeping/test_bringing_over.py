"""An installation with files comes over whole, wherever the work breaks off."""

import os
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from intake import audit
from intake.keeping import older_files, sealed_files
from intake.keeping.namers import naming_models
from intake.models import Attachment, DraftScan, HelpingFile, SealedPart
from tests.intake.casework.together.helped_world import make_helped
from tests.intake.keeping.kept import files_in_the_folder, kept_names
from tests.making import INSIDE
from tests.running.standing_world import standing_world

pytestmark = pytest.mark.usefixtures("old_site")


def make_old_site() -> None:
    """An item with two files, a helper with two more, and a clerk's scan."""
    helped = make_helped()
    DraftScan.objects.create(
        user=helped.office,
        sheet="0" * 64,
        sealed_note=b"-",
        sealed_file=sealed_files.write(b"scan"),
        created_at=INSIDE,
    )


standing = standing_world(make_old_site)


@pytest.fixture
def old_site(standing: Callable[[], None], db: None) -> None:
    """As the older version kept it: every file in the folder, and no part."""
    standing()
    for name in kept_names():
        lay_into_the_folder(name, sealed_files.read(name))
    SealedPart.objects.all().delete()


def lay_into_the_folder(name: str, content: bytes, *, hours: float = 2) -> Path:
    path = older_files.path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (then := time.time() - hours * 3600, then))
    return path


def brought_over() -> str:
    out = StringIO()
    call_command("bring_files_over", stdout=out, stderr=out)
    return out.getvalue()


def named() -> set[str]:
    rows = (
        model._default_manager.values_list("sealed_file", flat=True) for model in naming_models()
    )
    return {name for names in rows for name in names}


def test_the_models_that_name_files():
    assert {Attachment, HelpingFile, DraftScan} <= set(naming_models())


def test_everything_is_read_before_it_has_come_over_and_after():
    assert audit.verify().problems == ()
    contents = {name: sealed_files.read(name) for name in named()}
    assert "搬进数据库 5 个" in brought_over()
    assert (kept_names(), files_in_the_folder()) == (named(), [])
    assert {name: sealed_files.read(name) for name in named()} == contents
    assert audit.verify().problems == ()
    assert not Path(settings.MEDIA_ROOT).exists()
    assert "搬进数据库 0 个" in brought_over()


class Cut(Exception):
    """The power is gone."""


# Where the work breaks off: at the so-manieth statement or removal.
_BREAKS = [
    *(("INSERT", number) for number in (1, 3, 5)),
    *(("unlink", number) for number in (1, 3, 5)),
    *(("SELECT", number) for number in (2, 9, 25)),
]


@pytest.mark.parametrize(("where", "last"), _BREAKS)
def test_it_goes_on_wherever_it_broke_off(where: str, last: int, monkeypatch: pytest.MonkeyPatch):
    done, real = [0], Path.unlink

    def breaks() -> None:
        done[0] += 1
        if done[0] == last:
            raise Cut

    def run(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(where):
            breaks()
        return execute(sql, *rest)

    def unlink(path: Path, **how: Any) -> None:
        if where == "unlink":
            breaks()
        real(path, **how)

    with monkeypatch.context() as patched, connection.execute_wrapper(run):
        patched.setattr(Path, "unlink", unlink)
        with pytest.raises(Cut):
            brought_over()
    # Every file is still read, from wherever it lies.
    assert audit.verify().problems == ()
    brought_over()
    assert (kept_names(), files_in_the_folder()) == (named(), [])
    assert audit.verify().problems == ()


def test_what_is_damaged_stays_and_what_is_missing_is_said():
    damaged, gone = Attachment.objects.order_by("pk")
    path = older_files.path_of(damaged.sealed_file)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    older_files.path_of(gone.sealed_file).unlink()
    with pytest.raises(CommandError, match="缺少 1 个文件，1 个不一致"):
        brought_over()
    assert files_in_the_folder() == [path]
    assert kept_names() == named() - {damaged.sealed_file, gone.sealed_file}
    said = "\n".join(audit.verify().problems)
    assert f"{damaged.pk} 封存的内容被改过" in said and f"{gone.pk} 的封存文件不见了" in said


def test_what_nobody_names_goes_unless_it_is_young():
    old = lay_into_the_folder("0" * 32, b"orphan")
    half = old.rename(old.with_name(f"{old.name}.part"))
    os.utime(half, (time.time() - 7200,) * 2)
    young = lay_into_the_folder("1" * 32, b"its row may still come", hours=0)
    said = brought_over()
    assert "没有登记、已经清扫 1 个" in said and "还有 1 个刚写下" in said
    assert files_in_the_folder() == [young]


def test_what_is_removed_before_it_has_come_over_is_gone(
    django_capture_on_commit_callbacks: Any,
):
    row = Attachment.objects.order_by("pk")[0]
    with django_capture_on_commit_callbacks() as waiting:
        sealed_files.remove(row.sealed_file)
    # Not before the transaction stands that says so.
    assert sealed_files.read(row.sealed_file)
    for callback in waiting:
        callback()
    with pytest.raises(FileNotFoundError):
        sealed_files.read(row.sealed_file)
