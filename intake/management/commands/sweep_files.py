"""Removes sealed files that no row names: what a crash left behind before the row came."""

from typing import Any

from django.core.management.base import BaseCommand

from inspection import clock
from intake.retention import sweeping


class Command(BaseCommand):
    """Safe to run at any time; files younger than a day stay."""

    help = "清扫没有登记的封存文件（断电或写入失败留下的）。"

    def handle(self, *args: Any, **options: Any) -> None:
        count = sweeping.sweep(clock.real_now())
        self.stdout.write(f"清扫了 {count} 个没有登记的封存文件。")
