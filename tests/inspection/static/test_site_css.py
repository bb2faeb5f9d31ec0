"""The style sheet: what old browsers can read, and colours that everybody can."""

import re
from pathlib import Path

import pytest

from intake.joined_static import joined

CSS = joined(Path(__file__).parents[3] / "inspection/static/inspection/site.css")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))


LIGHT = tokens(RULES.split("@media")[0])
DARK = {**LIGHT, **tokens(RULES.split("(prefers-color-scheme: dark)")[1].split("@media")[0])}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground", "least"),
    [
        *[(words, "paper", 4.5) for words in ("ink", "soft", "seal", "act", "bad")],
        *[(words, "surface", 4.5) for words in ("ink", "soft", "seal", "act", "bad")],
        ("on-act", "act", 4.5),
        ("ink", "tint", 4.5),
        ("soft", "tint", 4.5),
        ("warn", "warn-tint", 4.5),
        ("ink", "warn-tint", 4.5),
        ("bad", "bad-tint", 4.5),
        ("ink", "bad-tint", 4.5),
        ("edge", "surface", 3),
        ("edge", "paper", 3),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground(
    scheme: dict[str, str], words: str, ground: str, least: float
):
    assert contrast(scheme[words], scheme[ground]) >= least


@pytest.mark.parametrize(
    "feature",
    [
        *(":is(", ":where(", "inset:", "aspect-ratio", "clamp(", "min(", "max(", "gap:"),
        *("@layer", "@container", "@import", "url(", "!important", "animation", "box-shadow", "&"),
    ],
)  # fmt: skip
def test_asks_nothing_that_an_old_browser_or_the_look_lacks(feature: str):
    assert feature not in RULES.replace("grid-gap:", "")


def test_a_new_selector_stands_alone_so_that_an_old_browser_drops_only_its_rule():
    selectors = re.findall(r"[^{}]*:has\([^{}]*", RULES)

    assert all("," not in selector for selector in selectors)


def test_every_token_that_is_used_is_defined():
    used = set(re.findall(r"var\(--([a-z-]+)\)", RULES))
    defined = set(re.findall(r"--([a-z-]+):", RULES))

    assert used <= defined
    assert defined <= used
