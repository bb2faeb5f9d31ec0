"""Checks the audit chain, for whoever keeps its head on paper."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake import audit


class Command(BaseCommand):
    """Exit 0: sound; 1: not."""

    help = (
        "检查操作留痕：记录有没有被改过、删过、伪造；信访件、补充材料、证明材料、受理席、"
        "工作人员和授权是不是和留痕所记的一样。会把封存的文件全部读一遍。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", default="", metavar="指纹", help="以前抄下来的链尾指纹，看它还在不在链上。"
        )

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        found = audit.verify(noted=head.strip().lower())
        self.stdout.write(f"操作留痕共{found.events}条。")
        if found.closed > 1:
            self.stdout.write(
                f"第{found.closed}条封住了它以前的记录：那些只有指纹相连，没有密钥的校验码。"
            )
        self.stdout.write(f"链尾指纹：{found.head}")
        self.stdout.write("请把链尾指纹抄在纸上；末尾的记录被截掉时，只有用它才能发现。")
        for problem in found.problems:
            self.stderr.write(problem)
        if not found.is_sound:
            raise CommandError(f"检查没有通过，发现{len(found.problems)}个问题。")
        self.stdout.write("检查通过：没有发现改动或缺失。")
