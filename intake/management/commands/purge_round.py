"""Destroys the identities and the sealed content of a round that the archive took over."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspection import clock
from inspection.models import Round
from intake.casework.ending import purging
from intake.casework.ending.purging import CannotPurge
from intake.models import RoundPurge
from intake.retention import destroying


class Command(BaseCommand):
    """Exit 0: all destroyed; 1: refused, or broken off; 2: usage."""

    help = (
        "归档以后清理一轮：销毁受理席的私钥和封存的内容，保留统计用的数、操作留痕和销毁清单。"
        "要问两次：轮次的代号，和档案部门打开归档包才看得到的接收确认码；"
        "归档包的文件夹已经不在服务器上的，还要问归档包的指纹。"
        "不能恢复。中断以后再运行一次，会接着做。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", metavar="ROUND")

    def handle(self, *args: Any, **options: Any) -> None:
        round_ = Round.objects.filter(slug=options["round"]).first()
        if round_ is None:
            raise CommandError(f"没有代号为 {options['round']} 的轮次。")
        at = clock.now()
        try:
            purge = self._asked_twice(round_)
            for one in purging.go_on(purge, by=None, at=at):
                self.stdout.write(f"{one} {one.words}")
        except CannotPurge as error:
            raise CommandError("\n".join(one.words for one in error.obstacles)) from error
        self.stdout.write("清理完成。受理席的私钥和封存的内容已经销毁，统计和操作留痕还在。")
        self.stdout.write(f"还要由人办的：{''.join(destroying.left_to_people())}")

    def _asked_twice(self, round_: Round) -> RoundPurge:
        """What stands in the way is said before anything is asked."""
        at = clock.now()
        if found := list(purging.in_the_way(round_, by=None, at=at)):
            raise CannotPurge(*found)
        self.stdout.write(f"将要清理：{round_.title}。内容销毁以后不能恢复。")
        try:
            slug = input("请输入这一轮的代号：")
            proof = input("请输入档案部门的接收确认码：")
            sums = self._asked_of_its_files(round_)
        except EOFError as error:
            raise CommandError("没有回答，没有清理。") from error
        return purging.begin(round_, slug=slug, proof=proof, sums=sums, by=None, at=at)

    def _asked_of_its_files(self, round_: Round) -> str:
        """Nothing where the server still has them, or where they were asked for before."""
        archive = purging.archive_of(round_)
        begun = RoundPurge.objects.filter(round=round_).exists()
        if archive is None or begun or not purging.is_gone(archive):
            return ""
        self.stdout.write(purging.WRONG_SUMS)
        return input("请输入归档包的指纹（前十六位）：")
