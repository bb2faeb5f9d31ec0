"""The text of a file by what it is: plain text, a saved web page, or a document of Word.

    text = text_of_file("公告.docx", content)

What it is tells its content; its name only decides between text and a web page.
"""

from inspection.documents.docx_text import text_of_docx
from inspection.documents.html_text import text_of_html
from inspection.documents.no_text import NoText

LARGEST_FILE = 5 * 1024 * 1024
LONGEST_TEXT = 300_000
_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP, _OLD_WORD, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_LIKE_HTML = ("<!doctype html", "<html", "<body", "<div", "<p>", "<p ", "<table")


def text_of_file(name: str, content: bytes) -> str:
    """What a file says. Raises NoText with a sentence for the clerk."""
    if len(content) > LARGEST_FILE:
        raise NoText("文件超过5MB，不像一页公告。请只存公告那一页，或者把文字复制粘贴进来。")
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise NoText("文件是空的。")
    text = _text(name.lower(), content)
    if len(text) > LONGEST_TEXT:
        raise NoText("文件里的字太多，不像一页公告。请只留公告那一页，或者把文字复制粘贴进来。")
    if not text.strip():
        raise NoText("文件里没有文字，可能是图片。请把公告的文字复制粘贴进来。")
    return text


def _text(name: str, content: bytes) -> str:
    if content.startswith(_ZIP):
        return text_of_docx(content)
    if content.startswith(_OLD_WORD):
        raise NoText("这是旧格式的 Word 文件（.doc）。请另存为 .docx，或者把文字复制粘贴进来。")
    if content.startswith(_PDF):
        raise NoText("PDF 文件读不了。请打开它，把公告的文字复制粘贴进来。")
    text = _decoded(content)
    head = text[:2000].lower()
    if name.endswith((".html", ".htm")) or any(tag in head for tag in _LIKE_HTML):
        return text_of_html(text)
    return text


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith(_UTF_16) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NoText("看不出这个文件是什么文字。请把公告的文字复制粘贴进来。")
