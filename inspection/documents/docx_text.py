"""The text of a document of Word: a paragraph a line, the cells of a table apart by tabs.

A small file can unfold into a very large one, so that it is asked beforehand how large it becomes;
`zipfile` gives of a part no more than it declares.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from inspection.documents.no_text import NoText

LARGEST_UNFOLDED = 30 * 1024 * 1024
MOST_PARTS = 500
_BODY = "word/document.xml"
_LARGEST_BODY = 10 * 1024 * 1024
_NOT_READ = (
    zipfile.BadZipFile, KeyError, ValueError, SyntaxError, NotImplementedError, OSError,
    RuntimeError, AttributeError,
)  # fmt: skip


def text_of_docx(content: bytes) -> str:
    """What it says, in its order. Raises NoText."""
    try:
        _refuse_too_large(content)
        return "\n".join(_lines(Document(io.BytesIO(content)).element.body))
    except _NOT_READ as error:
        raise NoText("这不是能读的 Word 文件（.docx）。请把公告的文字复制粘贴进来。") from error


def _refuse_too_large(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        parts = held.infolist()
        sizes = sum(part.file_size for part in parts)
        body = held.getinfo(_BODY).file_size
    if len(parts) > MOST_PARTS or sizes > LARGEST_UNFOLDED or body > _LARGEST_BODY:
        raise NoText("这个 Word 文件展开以后太大，不像一页公告。请把公告的文字复制粘贴进来。")


def _lines(body: Any) -> Iterator[str]:
    """What stands in a table is told by its rows."""
    for block in body.iterchildren(qn("w:p"), qn("w:tbl"), qn("w:sdt")):
        if block.tag == qn("w:p"):
            yield _words(block)
        elif block.tag == qn("w:tbl"):
            for row in block.iterchildren(qn("w:tr")):
                yield "\t".join(
                    " ".join(filter(None, map(_words, cell.iter(qn("w:p")))))
                    for cell in row.iterchildren(qn("w:tc"))
                )
        else:
            yield from map(_words, block.iter(qn("w:p")))


def _words(paragraph: Any) -> str:
    """Breaks and tabs as they stand; what was struck out by tracked changes has another name."""
    shown = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}
    found = paragraph.iter(qn("w:t"), *shown)
    return "".join(shown.get(one.tag) or one.text or "" for one in found)
