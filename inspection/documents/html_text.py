"""The text of a saved web page: what a reader of the page would see, a block a line.

What has no end is cut away before the parser sees it: the parser looks for each end anew, and a
page of beginnings alone would keep it busy for hours.
"""

import re
from html.parser import HTMLParser

from inspection.documents.no_text import NoText

LONGEST_PAGE = 3_000_000
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "select", "button"))
_BLOCKS = frozenset(
    (
        *("p", "div", "br", "li", "tr", "td", "th", "table", "ul", "ol", "dl", "dt", "dd", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "title", "section", "article", "center", "main"),
        *("header", "footer"),
    )
)
_CELLS = frozenset(("td", "th"))
_UNFINISHED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_NO_TAG = re.compile(r"<(?![a-zA-Z/])")
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")


class _Seen(HTMLParser):
    """Gathers what is shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen: list[str] = []
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag == "tr":
            self.pieces.append("\n")
            self.cells = 0
        elif tag in _CELLS:
            self.pieces.append("\t" if self.cells else "")
            self.cells += 1
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag) :]
        elif tag in ("table", "tr"):
            self.cells = 0
            self.pieces.append("\n")
        elif tag in _BLOCKS and tag not in _CELLS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(_BLANKS.sub(" ", data.replace("\n", " ")))

    def _break(self) -> None:
        """Within a cell a paragraph is no line: its row would fall apart."""
        self.pieces.append(" " if self.cells else "\n")


def text_of_html(page: str) -> str:
    """What the page shows. Raises NoText for one that is far too long."""
    if len(page) > LONGEST_PAGE:
        raise NoText("网页太长，不像一页公告。请把公告的文字复制粘贴进来。")
    parser = _Seen()
    parser.feed(_with_ends(page))
    parser.close()
    lines = (line.strip(" ") for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _with_ends(page: str) -> str:
    """Without comments and scripts, and without any beginning that has no end."""
    for start, end in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")):
        page = _cut(page, start, end)
    page = _DECLARATION.sub("", _UNFINISHED.sub("&lt;", page))
    return _NO_TAG.sub("&lt;", page)


def _cut(page: str, start: str, end: str) -> str:
    """Everything between the two, each looked for from where the last was found."""
    low, kept, at = page.lower(), [], 0
    if len(low) != len(page):
        low = page
    while (begins := low.find(start, at)) >= 0:
        kept.append(page[at:begins])
        stops = low.find(end, begins)
        if stops < 0:
            return "".join(kept)
        at = stops + len(end)
    return "".join([*kept, page[at:]])
