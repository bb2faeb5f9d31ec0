"""Reads a published notice and loads it, or says how it differs from what is loaded."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inspection.loading import (
    CannotLoad,
    Outcome,
    StillInUse,
    find_round,
    load,
    open_errors,
    read_notice,
)
from inspection.notice import Notice
from inspection.parsing import BadSetting, NotANotice, decode, parse
from inspection.parsing.sources.readable_report import finding_line, report_lines
from inspection.parsing.sources.tracing import trace

_USAGE = 2


class Command(BaseCommand):
    """Whoever wants to know what was loaded overrides `load`, as the intake does."""

    help = "读取已发布的巡察公告（UTF-8 文本），核对后装入数据库。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", help="公告文本")
        parser.add_argument(
            "--check", action="store_true", help="只读取和核对，不写入；列出每一处和它是怎么知道的"
        )
        parser.add_argument("--json", action="store_true", help="在标准输出给出读取结果")
        parser.add_argument("--update", action="store_true", help="公告有变动时更新")
        parser.add_argument(
            "--hidden", action="store_true", help="新装入的轮次先不公开，工作人员预览后再公开"
        )
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="由人确定公告没有写明的事实，例如 --set year=2025",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        settled = _settings(options["set"])
        try:
            text = decode(_read(options["path"]))
            if options["check"]:
                notice = parse(text, settled)
            else:
                notice, settled = read_notice(text, settled)
        except BadSetting as error:
            raise CommandError(str(error), returncode=_USAGE) from error
        except NotANotice as error:
            raise CommandError(f"没有装入。{error}") from error
        self._report(notice, as_json=options["json"])
        if not options["check"]:
            self._load(notice, settled, options)
        elif not options["json"]:
            self.stdout.write("\n".join(report_lines(text, trace(text, notice))))

    def load(
        self, notice: Notice, *, settled: dict[str, str], update: bool, hidden: bool
    ) -> Outcome:
        """Stores the notice, or says how it differs from what is stored."""
        return load(notice, settled=settled, update=update, hidden=hidden)

    def _report(self, notice: Notice, *, as_json: bool) -> None:
        for finding in notice.findings:
            self.stderr.write(finding_line(finding))
        if as_json:
            self.stdout.write(json.dumps(notice.to_json(), ensure_ascii=False, indent=1))

    def _load(self, notice: Notice, settled: dict[str, str], options: dict[str, Any]) -> None:
        if errors := open_errors(notice, find_round(notice)):
            reasons = "\n".join(map(finding_line, errors))
            raise CommandError(f"没有装入，公告里有需要先确定的问题：\n{reasons}")
        try:
            outcome = self.load(
                notice, settled=settled, update=options["update"], hidden=options["hidden"]
            )
        except (CannotLoad, StillInUse) as error:
            raise CommandError(f"没有装入。{error}") from error
        out = self.stderr if options["json"] else self.stdout
        for line in _told(outcome):
            out.write(line)


def _settings(pairs: list[str]) -> dict[str, str]:
    settled = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise CommandError(f"--set 要写成 名称=值，不能是“{pair}”。", returncode=_USAGE)
        settled[name.strip()] = value.strip()
    return settled


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CommandError(f"读不了文件 {path}：{error.strerror}。") from error


def _told(outcome: Outcome) -> list[str]:
    """What happened, and every difference on a line of its own."""
    hidden = "" if outcome.round.is_public else "还没有公开，只有工作人员能预览。"
    first = {
        "loaded": f"已装入：{outcome.round}（{outcome.round.slug}）。{hidden}",
        "unchanged": f"没有变化：{outcome.round}（{outcome.round.slug}）。",
        "differs": "公告与已装入的内容不同，什么也没有改；要更新请加 --update。",
        "updated": f"已按公告更新：{outcome.round}（{outcome.round.slug}）。",
    }[outcome.status]
    lists = (
        ("公告的变动：", outcome.changes),
        ("工作人员的更正（保留）：", outcome.corrections),
        ("公告和工作人员都改过（保留工作人员的）：", outcome.conflicts),
    )
    return [
        first,
        *(text for head, rows in lists if rows for text in (head, *(f"  {r}" for r in rows))),
    ]
