"""The machine: folders, swap, and the programs that make copies for clerks to look at."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from intake.casework.viewing.apart import programs, rooms
from intake.checkup.finding import Finding, mind, well, wrong
from intake.report.report_limits import MAX_TOTAL_BYTES, MEGABYTE
from intake.sealing.private_files import FOLDER_MODE

# What two workers' spools may need while one report with all its files comes in.
_ROOM = 4 * MAX_TOTAL_BYTES
_SWAPS = Path("/proc/swaps")


def look(at: datetime) -> Iterator[Finding]:
    """As the user who runs the command, who should be the site's own."""
    yield from _folder(Path(settings.SPOOL_ROOT), "SPOOL_ROOT", room=_ROOM)
    yield from _folder(Path(settings.ARCHIVE_ROOT), "ARCHIVE_ROOT")
    yield from swap_in_clear(_SWAPS)
    yield from _programs()


def _folder(folder: Path, name: str, *, room: int = 0) -> Iterator[Finding]:
    """It is made when it is first needed; then the one above it must allow that."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield wrong(
            f"{name}（{folder}）写不进去。",
            f"请把 {there} 交给网站的系统用户，或改 {name}；并请用这个用户运行 doctor。",
        )
        return
    if there == folder and folder.stat().st_mode & 0o777 & ~FOLDER_MODE:
        yield wrong(f"别的用户也能看 {name}（{folder}）。", f"请运行 chmod 700 {folder}")
    free = shutil.disk_usage(there).free
    if free < room:
        yield mind(
            f"{name}（{folder}）所在的磁盘只剩{free // MEGABYTE} MB，大的附件会收不下。",
            f"请腾出至少{room // MEGABYTE} MB，或把 {name} 放到别的磁盘上。",
        )
    else:
        yield well(f"{name}（{folder}）可以用。")


def swap_in_clear(swaps: Path) -> Iterator[Finding]:
    """Memory that is swapped out lies on a disk in clear, unless the place is encrypted."""
    lines = swaps.read_text().splitlines()[1:] if swaps.is_file() else []
    plain = [line.split()[0] for line in lines if not line.startswith(("/dev/zram", "/dev/dm-"))]
    if plain:
        yield mind(
            f"交换区没有加密（{'、'.join(plain)}）：内存里的内容可能写到磁盘上。",
            "请运行 swapoff -a 并从 /etc/fstab 里去掉它，或者把它加密。",
        )


def _programs() -> Iterator[Finding]:
    kinds_of: dict[str, list[str]] = {}
    for kind in programs.PROGRAMS_OF:
        for package in {program.package for program in programs.missing_for(kind)}:
            kinds_of.setdefault(package, []).append(kind.upper())
    for package, kinds in sorted(kinds_of.items()):
        yield mind(
            f"没有安装 {package}：{'、'.join(sorted(kinds))} 只能取出原件，不能看副本。",
            f"请运行 apt install {package}",
        )
    if any(not program.is_there() for program in programs.ROOM):
        return
    if rooms.are_possible():
        yield well("隔离间可以用：副本在里面制作。")
    else:
        yield mind(
            "这台机器不让网站的用户建隔离间：只有图片有副本，别的只能取出原件。",
            "请允许它建用户命名空间：bwrap --unshare-all --ro-bind / / true 应当不报错。",
        )
