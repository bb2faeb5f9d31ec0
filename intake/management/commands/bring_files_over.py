"""Brings the sealed files of an older installation from their folder into the database."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspection import clock
from intake.keeping.bringing_over import Outcome, bring_over, missing

# After so many files the command says how far it is.
_SAYS_EVERY = 500


class Command(BaseCommand):
    """May be broken off anywhere and run again, also while the site runs."""

    help = "把旧版本放在 MEDIA_ROOT 里的封存文件逐个搬进数据库，核对以后删去原来的文件。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when a file is damaged or missing; the others have come over then."""
        counts = Counter[Outcome]()
        for name, outcome in bring_over(clock.real_now()):
            counts[outcome] += 1
            if outcome is Outcome.DAMAGED:
                self.stderr.write(f"文件 {name} 和登记的指纹不一致，原样留着。")
            if counts.total() % _SAYS_EVERY == 0:
                self.stdout.write(f"已经看过 {counts.total()} 个文件。")
        self.stdout.write(
            f"搬进数据库 {counts[Outcome.BROUGHT_OVER]} 个；"
            f"没有登记、已经清扫 {counts[Outcome.NAMELESS]} 个。"
        )
        if young := counts[Outcome.TOO_YOUNG]:
            self.stdout.write(f"还有 {young} 个刚写下、没有登记的文件，过一小时请再运行一次。")
        gone = [f"{row._meta.verbose_name} {row.pk}" for row in missing()]
        for about in gone:
            self.stderr.write(f"{about} 的封存文件，数据库和文件夹里都没有。")
        if gone or counts[Outcome.DAMAGED]:
            raise CommandError(
                f"缺少 {len(gone)} 个文件，{counts[Outcome.DAMAGED]} 个不一致。请从备份里找。"
            )
