"""What axe finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCHEMES: list[dict[str, Any]] = [
    {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"},
    {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "none"},
    {"color_scheme": "dark", "contrast": "more", "forced_colors": "none"},
    {"color_scheme": "light", "contrast": "more", "forced_colors": "active"},
]
# Axe describes at length only what is wrong; of the rest it names one example.
OPTIONS = {"resultTypes": ["violations"]}
ONLY_COLOURS = {
    **OPTIONS,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}

THERE = "typeof axe === 'object'"
SCRIPT = Axe().axe_script
RUNS = Axe(axe_script="")


def axe_on(page: Page, options: dict[str, Any]) -> dict[str, Any]:
    """What axe finds; half a megabyte of script is read by a page once."""
    if not page.evaluate(THERE):
        page.evaluate(SCRIPT)
    response: dict[str, Any] = RUNS.run(page, options=options).response
    assert response["passes"], "axe looked at nothing"
    return response


def violations(page: Page) -> list[str]:
    """What axe finds on the page, in each scheme of colours, once for every element."""
    found = []
    for number, scheme in enumerate(SCHEMES):
        page.emulate_media(**scheme)
        response = axe_on(page, ONLY_COLOURS if number else OPTIONS)
        found += [
            f"{violation['id']} {list(scheme.values())}: {node['html'][:160]}"
            for violation in response["violations"]
            for node in violation["nodes"]
        ]
    page.emulate_media(**SCHEMES[0])
    return found
