"""Takes all pictures of the handbook anew, or those of some tasks: `make handbook`.

`python -m tests.browser.handbook.taking_pictures register-letter` takes those of one.
"""

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from playwright.sync_api import sync_playwright

django.setup()

from intake.admin.handbook.contents import contents_markdown  # noqa: E402
from intake.admin.handbook.rendering import FOLDER, PICTURES_FOLDER  # noqa: E402
from intake.admin.handbook.task_table import PICTURES  # noqa: E402
from tests.browser.conftest import (  # noqa: E402
    CHROMIUM_ARGUMENTS,
    chromium,
    open_page,
    prepare_demo,
    serve_demo,
)
from tests.browser.handbook.camera import Camera  # noqa: E402
from tests.browser.handbook.hands import WIDTH, Hands  # noqa: E402
from tests.browser.handbook.steps.by_task import STEPS  # noqa: E402


def take(*slugs: str) -> None:
    """In the order of the table, on a demo of their own."""
    PICTURES_FOLDER.mkdir(exist_ok=True)
    (FOLDER / "README.md").write_text(contents_markdown(), encoding="utf-8")
    camera = Camera(PICTURES_FOLDER)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        prepare_demo(folder)
        site = stack.enter_context(serve_demo(folder))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[*CHROMIUM_ARGUMENTS, "--lang=zh-CN"]
        )
        stack.callback(browser.close)
        new_page = partial(
            open_page, browser, width=WIDTH, height=900, javascript=True, own_context=True
        )
        hands = Hands(site, stack.enter_context(ExitStack()), new_page, camera.take)
        for slug in slugs or STEPS:
            STEPS[slug](hands)
    if not slugs:
        for path in PICTURES_FOLDER.glob("*.png"):
            if path.stem not in PICTURES:
                path.unlink()
    sys.stdout.write(f"{len(camera.taken)} pictures in {PICTURES_FOLDER}\n")


if __name__ == "__main__":
    take(*sys.argv[1:])
