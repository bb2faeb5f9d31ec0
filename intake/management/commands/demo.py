"""Makes the demo on first use and serves it; `make demo` sets its environment."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from inspection import clock
from intake.arriving import serving
from intake.demo import building
from intake.sealing import private_files

SEED = "seeds/liaocheng-daily-2025-03.txt"
_READY = "ready"


class Command(BaseCommand):
    """Builds into the folder of DEMO_LOGINS; a half-built demo is started over."""

    help = "演示：第一次运行时建库、载入公告、造人造件，然后启动网站。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--notice", default=SEED, help="第一次运行时载入的公告。")
        parser.add_argument("--prepare-only", action="store_true", help="只建好，不启动。")

    def handle(
        self, *args: Any, port: int, notice: str, prepare_only: bool, **options: Any
    ) -> None:
        if not settings.DEVELOPMENT or not settings.DEMO_LOGINS:
            raise CommandError("演示要用 make demo 启动（DEBUG=true 并设置 DEMO_LOGINS）。")
        folder = Path(settings.DEMO_LOGINS).absolute().parent
        if not (folder / _READY).exists():
            self._build(folder, settings.BASE_DIR / notice)
        elif _is_older():
            self.stdout.write("正在把演示更新到这个版本……")
            call_command("migrate", verbosity=0, interactive=False)
            building.count_as_chosen(Path(settings.DEMO_LOGINS), at=clock.now())
        if not prepare_only:
            self._tell(port)
            _serve(port)

    def _build(self, folder: Path, notice: Path) -> None:
        if not notice.is_file():
            raise CommandError(f"没有这个公告文件：{notice}")
        self.stdout.write("正在准备演示，大约要十几秒……")
        _empty(folder)
        call_command("migrate", verbosity=0, interactive=False)
        logins = building.build(notice, folder=folder, at=clock.now())
        building.write_logins(logins, Path(settings.DEMO_LOGINS))
        (folder / _READY).touch()

    def _tell(self, port: int) -> None:
        url = f"http://127.0.0.1:{port}"
        lines = [
            f"演示网站：{url}/",
            f"工作人员：{url}/admin/（登录页上有账号和此刻的动态码）",
            f"现在按 {clock.now():%Y-%m-%d %H:%M:%S %z} 计时，按 Ctrl+C 停止。",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _is_older() -> bool:
    """Whether an earlier version of the program made the demo."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _empty(folder: Path) -> None:
    """Removes what a broken attempt left, and nothing outside the demo's own folder."""
    private_files.make_folder(folder)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _serve(port: int) -> None:
    """Becomes the server, as in production."""
    program = str(Path(sys.executable).parent / "granian")
    options = [*serving.address("127.0.0.1", port), *serving.OPTIONS, serving.APPLICATION]
    os.execv(program, [program, *options])  # noqa: S606
