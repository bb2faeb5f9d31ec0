"""The sealed contents of an archive, and the words in them that prove who could open it."""

import io
import json
import secrets
from collections.abc import Iterator

from intake.audit.keyed import code_of
from intake.casework.ending import archive_words, archived_papers
from intake.models import RoundArchive, StaffUser
from intake.report.check_code import check_code_of
from intake.retention.zip_pieces import Entry

_CALLED = {
    "item": "一件信访件",
    "list": "一份移交清单",
    "opening": "一份开箱记录",
    "ledger": "信访台账",
    "register": "登记簿",
    "appraisals": "归档和不归档清单",
}


def new_proof() -> str:
    """'0123-4567-8901'."""
    digits = f"{secrets.randbelow(10**12):012d}"
    return "-".join(digits[start : start + 4] for start in range(0, 12, 4))


def proof_digest(archive: RoundArchive, typed: str) -> str:
    """What is kept of the words of proof: digits alone count, however they are typed."""
    digits = "".join(one for one in typed if one.isascii() and one.isdigit())
    return code_of("archive proof", archive.name, digits)


def contents(archive: RoundArchive, proof: str, by: StaffUser) -> Iterator[Entry]:
    """总目录, its table, and the words of proof."""
    parts = list(archive.parts.all())
    files = {part.row_key: part.file_name for part in parts if part.kind == "item"}
    told = {
        "归档包": archive.name,
        "轮次": archive.round.title,
        "档案部门的公钥": archive.recipient,
        "公钥核对码": check_code_of(archive.recipient),
        "各份": [
            {
                "文件": part.file_name,
                "内容": _CALLED.get(part.kind, part.kind),
                "大小": part.size,
                "SHA-256": part.sealed_sha256,
            }
            for part in parts
        ],
    }
    yield "总目录.json", json.dumps(told, ensure_ascii=False, indent=1).encode()
    yield "总目录.csv", archived_papers.contents_table(archive.round, files, by)
    yield "接收确认码.txt", f"接收确认码：{proof}\n请告诉巡察办。\n".encode("utf-8-sig")


def sums_of(archive: RoundArchive, contents_sha256: str) -> str:
    """The text of SHA256SUMS: the contents first, then each part."""
    text = io.StringIO()
    text.write(f"{contents_sha256}  {archive_words.CONTENTS}\n")
    for part in archive.parts.all():
        text.write(f"{part.sealed_sha256}  {part.file_name}\n")
    return text.getvalue()
