"""A page of the handbook out of its markdown: no HTML of its own, the site's links and pictures."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER: Path = settings.BASE_DIR / "docs" / "handbook"
PICTURES_FOLDER = FOLDER / "pictures"
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_PAGE = re.compile(r"([a-z-]+)\.md(#[\w-]+)?")
_PICTURE = re.compile(r"pictures/([a-z0-9-]+)\.png")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a file: its title, and where it leads, as they are written."""

    title: str
    body: tuple[Token, ...]
    pages: tuple[str, ...]
    pictures: tuple[str, ...]
    other_links: tuple[str, ...]

    @property
    def bold(self) -> tuple[str, ...]:
        """What is named as it stands on the screen."""
        return tuple(_bold(self.body))


def read(slug: str) -> Written:
    """The file of a task."""
    return written((FOLDER / f"{slug}.md").read_text(encoding="utf-8"))


def written(text: str) -> Written:
    """The first line is the title."""
    opening, title, _closing, *body = _MARKDOWN.parse(text)
    if opening.tag != "h1":
        raise ValueError("a page of the handbook begins with its title")
    leads = [str(one.attrs["href"]) for one in _inner(body) if "href" in one.attrs]
    shown = [str(one.attrs["src"]) for one in _inner(body) if "src" in one.attrs]
    pages = [found[1] for lead in leads if (found := _PAGE.fullmatch(lead))]
    pictures = [found[1] for one in shown if (found := _PICTURE.fullmatch(one))]
    others = [one for one in leads if not _PAGE.fullmatch(one)]
    others += [one for one in shown if not _PICTURE.fullmatch(one)]
    return Written(title.content, tuple(body), tuple(pages), tuple(pictures), tuple(others))


def html_of(
    page: Written, *, page_address: Callable[[str], str], picture_address: Callable[[str], str]
) -> SafeString:
    """The body with the site's addresses in place of the files'."""
    for one in _inner(page.body):
        if found := _PAGE.fullmatch(str(one.attrs.get("href", ""))):
            one.attrs["href"] = page_address(found[1]) + (found[2] or "")
        if found := _PICTURE.fullmatch(str(one.attrs.get("src", ""))):
            one.attrs["src"] = picture_address(found[1])
            one.attrs["loading"] = "lazy"
    html: str = _MARKDOWN.renderer.render(list(page.body), _MARKDOWN.options, {})
    # The renderer escapes all words, and HTML in a file is a word to it.
    return mark_safe(html)  # noqa: S308


def _inner(tokens: list[Token] | tuple[Token, ...]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def _bold(tokens: tuple[Token, ...]) -> list[str]:
    inner = _inner(tokens)
    return [
        following.content for token, following in pairwise(inner) if token.type == "strong_open"
    ]
