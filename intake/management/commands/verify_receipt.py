"""Checks a receipt file without a network and without the database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.report import receipt_files
from intake.report.receipt_files import BadPublicKey, NotGenuine, SignedByAnother, Verified


class Command(BaseCommand):
    """Exit 0: genuine; 1: not, or not readable."""

    help = "核对回执文件：是不是网站发出的，有没有改动过。不用联网，也不用数据库。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="保存下来的“回执.txt”。")
        parser.add_argument(
            "--public-key",
            default="",
            metavar="公钥",
            help="网站“核对回执文件”页上的公钥；不写就用本站的。",
        )

    def handle(self, *args: Any, file: Path, public_key: str, **options: Any) -> None:
        key = public_key or receipt_files.public_key(settings.RECEIPT_SIGNING_KEY)
        verified = _verify(_content(file), key)
        self.stdout.write("核对通过：这份回执是真的，没有改动过。")
        self.stdout.write(f"轮次：{verified.round_title}")
        self.stdout.write(f"收到时间：{verified.received_at:%Y-%m-%d %H:%M:%S %z}")
        self.stdout.write(f"封存内容的指纹（SHA-256）：{verified.digest}")
        for number, one in enumerate(verified.files, 1):
            told = f"{one.sort}，{one.size} 字节，SHA-256：{one.sha256}"
            self.stdout.write(f"收到的文件，第{number}个：{told}")


def _content(file: Path) -> bytes:
    """The file's bytes, never more than one too many."""
    try:
        with file.open("rb") as stream:
            return stream.read(receipt_files.LONGEST + 1)
    except OSError as error:
        raise CommandError(f"打不开文件：{file}") from error


def _verify(content: bytes, key: str) -> Verified:
    try:
        return receipt_files.verify(receipt_files.from_bytes(content), key)
    except BadPublicKey as error:
        raise CommandError(
            "公钥不对：它是 44 个字符的一串，请从网站的页面上完整地复制。"
        ) from error
    except SignedByAnother as error:
        raise CommandError("核对不过：这份回执不是用这个公钥签名的。") from error
    except NotGenuine as error:
        raise CommandError("核对不过：这不是网站发出的回执，或者后来改动过。") from error
