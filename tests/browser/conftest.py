"""A real browser before a real demo: granian, SQLite, the notice, invented staff and reports."""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, sync_playwright

from intake.arriving.serving import OPTIONS as AS_IN_PRODUCTION
from tests.benchmarks.servers import ROOT, serving
from tests.browser.kept_contexts import (
    NARROW,
    Kind,
    page_of_a_kept_context,
    page_of_its_own_context,
)
from tests.conftest import missing

OPEN_AT = "2025-04-15T10:00:00+08:00"
NO_ROUND, SEVERAL_ROUNDS = "no round", "several rounds"
# The last list of features counts: those that Playwright switches off are named again. The others
# draw Chromium's own buttons as pages, and start a process beforehand that no test needs.
SWITCHED_OFF = [
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "OptimizationHints"),
    *("PaintHolding", "ThirdPartyStoragePartitioning", "PreconnectToSearch"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect"),
    *("InitialWebUI", "PreloadTopChromeWebUI", "WebUIReloadButton", "WebUIToolbar"),
    "SpareRendererForSitePerProcess",
]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--process-per-site",
    # A microphone that beeps, and somebody who permits every page to use it.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    f"--disable-features={','.join(SWITCHED_OFF)}",
]


# The files that take longest, begun first: otherwise one worker would come to the last alone.
LONGEST_FIRST = ("test_every_state", "test_staff_pages", "test_session_end", "test_whole_way")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Orders the files, see LONGEST_FIRST."""
    longest = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: longest.get(item.path.stem, len(longest)))


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A running demo and who can log in to it."""

    url: str
    logins: list[dict[str, str]]
    folder: Path

    def login(self, role: str, team: str | None = None) -> dict[str, str]:
        """The demo's account with this role and, for a team's clerk, this team."""
        return next(
            entry
            for entry in self.logins
            if entry["role"] == role and (team is None or entry["team"] == team)
        )


def demo_environment(folder: Path, now: str = OPEN_AT) -> dict[str, str]:
    """The environment that `make demo` sets, in another folder."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "MEDIA_ROOT": str(folder / "sealed"),
        "SPOOL_ROOT": str(folder / "spool"),
        "DEMO_LOGINS": str(folder / "logins.json"),
        "SIMULATED_NOW": now,
        # The tests send the same words again and again from one address.
        "FLOOD_SCALE": "1000",
    }


def prepare_demo(folder: Path, now: str = OPEN_AT) -> dict[str, str]:
    """Makes a demo in the folder; returns its environment."""
    environment = demo_environment(folder, now)
    manage(environment, "demo", "--prepare-only")
    return environment


def manage(environment: dict[str, str], *command: str, typed: str = "") -> None:
    """Runs a command of manage.py to its good end; `typed` is what it reads."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        input=typed,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def serve_demo(folder: Path, now: str = OPEN_AT, *, workers: int = 2) -> Iterator[DemoSite]:
    """Serves the demo that lies in the folder, under a clock that starts at `now`."""
    environment = demo_environment(folder, now)
    options = list(AS_IN_PRODUCTION)
    options[options.index("--workers") + 1] = str(workers)
    with serving("intake.wsgi:application", environment, "/healthz", options=options) as port:
        logins = json.loads((folder / "logins.json").read_text(encoding="utf-8"))
        yield DemoSite(f"http://127.0.0.1:{port}", logins, folder)


@pytest.fixture(scope="session")
def site(demo_folder: Path) -> Iterator[DemoSite]:
    """The demo while the window is open."""
    with serve_demo(demo_folder) as running:
        yield running


def copy_demo(source: Path, target: Path) -> None:
    """A demo may be served while it is copied: its database gives itself out whole."""
    databases = shutil.ignore_patterns("site.sqlite3*")
    shutil.copytree(source, target, ignore=databases, dirs_exist_ok=True)
    with (
        closing(sqlite3.connect(source / "site.sqlite3")) as original,
        closing(sqlite3.connect(target / "site.sqlite3")) as copy,
    ):
        original.backup(copy)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo for all browser tests of this process; it is made once for all processes."""
    folder = tmp_path_factory.mktemp("demo")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        prepare_demo(folder)
        return folder
    made = tmp_path_factory.getbasetemp().parent / "demo-for-all"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = tmp_path_factory.mktemp("demo")
            prepare_demo(begun)
            begun.rename(made)
        copy_demo(made, folder)
    return folder


@pytest.fixture(scope="session")
def other_folders(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo with its notice taken back, and with the notice of a further round."""
    folders = {name: tmp_path_factory.mktemp("demo") for name in (NO_ROUND, SEVERAL_ROUNDS)}
    for folder in folders.values():
        copy_demo(demo_folder, folder)
    with sqlite3.connect(folders[NO_ROUND] / "site.sqlite3") as database:
        database.execute("UPDATE inspection_round SET is_public = 0")
    [notice] = (ROOT / "seeds").glob("*.txt")
    further = folders[SEVERAL_ROUNDS] / "notice.txt"
    further.write_text(notice.read_text(encoding="utf-8").replace("第八轮", "第九轮"), "utf-8")
    manage(demo_environment(folders[SEVERAL_ROUNDS]), "load_notice", str(further))
    return folders


class Sites(dict[str, str]):
    """The demo's address at each time of the round; a site starts when it is first asked for."""

    def __init__(self, start: Callable[[str], DemoSite]) -> None:
        super().__init__()
        self.start = start

    def __missing__(self, window: str) -> str:
        self[window] = self.start(window).url
        return self[window]


@pytest.fixture(scope="session")
def sites(
    site: DemoSite, demo_folder: Path, other_folders: dict[str, Path]
) -> Iterator[dict[str, str]]:
    """The demo's address at each time of the round, without any, and with several."""
    from tests.browser.states import WINDOWS

    def start(window: str) -> DemoSite:
        if WINDOWS.get(window) == OPEN_AT:
            return site
        now = OPEN_AT if window in other_folders else WINDOWS[window]
        folder = other_folders.get(window, demo_folder)
        return stack.enter_context(serve_demo(folder, now, workers=1))

    with ExitStack() as stack:
        yield Sites(start)


def chromium(*, with_windows: bool = False) -> str:
    """Where Debian's Chromium lies; the one without windows does nearly all for less work."""
    whole = ("chromium", "chromium-browser")
    names = whole if with_windows else ("chromium-headless-shell", *whole)
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        missing("Chromium", "apt-get install chromium chromium-headless-shell fonts-noto-cjk")
    return program


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = chromium()
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        started = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        stack.callback(started.close)
        yield started


@contextmanager
def open_page(
    browser: Browser,
    *,
    width: int = 360,
    height: int = 740,
    scale: float = 1,
    javascript: bool = False,
    dark: bool = False,
    own_context: bool = False,
) -> Iterator[Page]:
    """A page without cookies and without memory of other pages.

    `scale` is how many of the screen's pixels make one of the page's.
    """
    opened = page_of_its_own_context if own_context else page_of_a_kept_context
    with opened(Kind(browser, javascript, scale)) as page:
        if (width, height) != NARROW:
            page.set_viewport_size({"width": width, "height": height})
        if dark:
            page.emulate_media(color_scheme="dark")
        yield page


def one_time_code(login: dict[str, str]) -> str:
    """The code that the member's phone shows at this moment."""
    from base64 import b32decode

    return f"{totp(b32decode(login['totp_secret'])):06d}"


def forget_codes(folder: Path) -> None:
    """Other tests may have logged in with the code of this very half minute."""
    with closing(sqlite3.connect(folder / "site.sqlite3")) as database, database:
        database.execute("UPDATE otp_totp_totpdevice SET last_t = -1, throttling_failure_count = 0")


def log_in(page: Page, site: DemoSite, login: dict[str, str]) -> None:
    """Through the login page, with the second factor."""
    forget_codes(site.folder)
    page.goto(f"{site.url}/admin/login/?next=/admin/")
    page.fill("input[name=username]", login["username"])
    page.fill("input[name=password]", login["password"])
    page.fill("input[name=otp_token]", one_time_code(login))
    page.click("form[method=post] [type=submit]")
    page.wait_for_url(f"{site.url}/admin/")
