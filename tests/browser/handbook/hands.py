"""Whose hands do the tasks: each member sits before a browser of their own."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from intake.choices import Status
from tests.browser.conftest import DemoSite, log_in
from tests.browser.item_steps import press

ITEMS = "/admin/intake/submission/"
ADD = f"{ITEMS}add/"
# The team that most of the tasks are shown at.
TEAM = "市县统筹第一巡察组"
# As wide as leaves some 800 px beside the side list.
WIDTH = 1100
# In milliseconds: a machine that is not alone may take its time.
PATIENCE = 60_000

# Name of the picture, what is on it, and what is marked.
Show = Callable[[str, list[Locator], Locator | None], None]


@dataclass
class Hands:
    """`show` takes a picture, or looks whether it could be taken."""

    site: DemoSite
    stack: ExitStack
    open_page: Callable[[], AbstractContextManager[Page]]
    shown: Show
    at_work: dict[str, Page] = field(default_factory=dict)

    def of(self, role: str, *, approves: bool = False, team: str = TEAM) -> Page:
        """The page of the demo's member, logged in once."""
        login = self.login(role, approves=approves, team=team)
        if login["username"] not in self.at_work:
            page = self.nobody()
            log_in(page, self.site, login)
            self.at_work[login["username"]] = page
        return self.at_work[login["username"]]

    def login(self, role: str, *, approves: bool = False, team: str = TEAM) -> dict[str, str]:
        return next(
            one
            for one in self.site.logins
            if (one["role"], bool(one["approves"])) == (role, approves)
            and (one["team"] is None or team in one["team"])
        )

    def password(self, role: str, *, approves: bool = False) -> str:
        """What the member signs with."""
        return self.login(role, approves=approves)["password"]

    @property
    def clerk(self) -> Page:
        return self.of("team")

    @property
    def head(self) -> Page:
        return self.of("team", approves=True)

    @property
    def office(self) -> Page:
        return self.of("office")

    @property
    def office_head(self) -> Page:
        return self.of("office", approves=True)

    def nobody(self) -> Page:
        """A page of somebody who is not logged in."""
        page = self.stack.enter_context(self.open_page())
        page.set_default_timeout(PATIENCE)
        return page

    def go(self, page: Page, path: str) -> None:
        page.goto(f"{self.site.url}{path}")

    def item(self, page: Page, status: Status, filters: str = "") -> str:
        """Opens the oldest item in this status that the member sees; gives its path."""
        self.go(page, f"{ITEMS}?status__exact={status}{filters}&o=2")
        press(page, page.locator("#result_list tbody a[href*='/change/']").first)
        return page.url.removeprefix(self.site.url).partition("?")[0]

    def show(self, name: str, *of: Locator, mark: Locator | None = None) -> None:
        """A picture of these parts of one page, with the next thing to press marked."""
        for one in (*of, *([mark] if mark else ())):
            expect(one).to_be_visible(timeout=PATIENCE)
        self.shown(name, list(of), mark)


def finish(page: Page) -> None:
    """A long task, which goes on by itself once it was begun."""
    go_on = page.locator(".stepping").get_by_role("button", name="继续")
    if go_on.count():
        go_on.click()
    expect(page.locator(".stepping form")).to_have_count(0, timeout=PATIENCE)
