"""Contexts of the browser that serve one test after another, emptied in between.

Chromium opens a window with a profile of its own for each context and starts processes for it,
which costs two seconds of a core; a page in a context that is there costs a third of that.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, Route

NARROW = (360, 740)
SITES = "http://127.0.0.1/"


@dataclass(frozen=True, slots=True)
class Kind:
    """What cannot be changed once a context is there."""

    browser: Browser
    javascript: bool
    scale: float

    def new_context(self) -> BrowserContext:
        context = self.browser.new_context(
            viewport={"width": NARROW[0], "height": NARROW[1]},
            device_scale_factor=self.scale,
            java_script_enabled=self.javascript,
            color_scheme="light",
            locale="zh-CN",
        )
        context.set_default_timeout(15_000)
        return context


def answer_nothing(route: Route) -> None:
    route.fulfill(content_type="text/html", body="")


class Kept:
    """A context whose first page holds the window and the process of the sites open."""

    def __init__(self, kind: Kind) -> None:
        self.context = kind.new_context()
        self.holder = self.context.new_page()
        self.holder.route("**/*", answer_nothing)
        self.holder.goto(SITES)

    def empty(self) -> None:
        """No page of a test is left for the next one, and nothing that one kept."""
        for page in self.context.pages:
            if page != self.holder:
                page.close()
        forget(self.holder)


def forget(page: Page) -> None:
    """Takes out of the page's context whatever a test may have left in it."""
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.context.clear_permissions()
    session = page.context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    session.detach()


def leave(page: Page) -> None:
    """Makes a page ready for the next visitor: narrow, empty, and without anything on its way."""
    page.unroute_all()
    page.goto("about:blank")
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    forget(page)


_idle: defaultdict[Kind, list[Kept]] = defaultdict(list)


@contextmanager
def page_of_a_kept_context(kind: Kind) -> Iterator[Page]:
    """A new page; its context is for this test alone until it is emptied."""
    kept = _idle[kind].pop() if _idle[kind] else Kept(kind)
    try:
        yield kept.context.new_page()
        kept.empty()
    except BaseException:
        # After a failure nobody knows what is left in it.
        kept.context.close()
        raise
    _idle[kind].append(kept)


@contextmanager
def page_of_its_own_context(kind: Kind) -> Iterator[Page]:
    """For a test that leaves in the context what cannot be taken out of it, as a clock."""
    context = kind.new_context()
    try:
        yield context.new_page()
    finally:
        context.close()
