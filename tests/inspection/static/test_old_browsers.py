"""What the citizens' pages ask of a browser: nothing that the oldest of them lacks.

The oldest are Chrome 70 (with it WeChat's, QQ's, UC's and 360's), Safari 12 and Firefox ESR 60
or later. The lists name what came after; a comment or a quoted text may hold anything, and
what stands under @supports is only for browsers that know it.
"""

import re
from pathlib import Path

import pytest

from intake.joined_static import joined

ROOT = Path(__file__).parents[3]
SHEETS = sorted((ROOT / "inspection/static/inspection").glob("*.css"))
SCRIPTS = sorted(
    path for app in ("inspection", "intake") for path in (ROOT / app / "static").rglob("*.js")
)

NEW_IN_CSS = {
    ":is()": r":is\(",
    ":where()": r":where\(",
    "a selector list in :not()": r":not\([^()]*,",
    "gap outside a grid or columns": (
        r"\{(?![^{}]*(?:display:\s*(?:inline-)?grid|column-count))[^{}]*(?<![-\w])(?:row-|column-)?gap\s*:"
    ),
    "inset": r"(?<![-\w])inset(?:-[a-z]+)*\s*:",
    "aspect-ratio": r"(?<![-\w])aspect-ratio\s*:",
    "clamp(), min(), max()": r"(?<![-\w])(?:clamp|min|max)\(",
    "nesting": r"&",
    "color-mix() and its kin": r"(?<![-\w])(?:color-mix|oklch|oklab|lab|lch|light-dark|color)\(",
    "colours without commas": r"(?:rgb|hsl)a?\([^,()]*\)",
    "container queries": r"@container|container-(?:type|name)\s*:",
    "cascade layers": r"@layer",
    "@property and @scope": r"@(?:property|scope)\b",
    "range queries": r"@media[^{]*[<>]",
    "subgrid": r"\bsubgrid\b",
    "units of the dynamic viewport": r"\d(?:[sdl]v[hwib]|vi|vb|cq\w+|lh|rlh)\b",
    "logical shorthands": r"(?:margin|padding)-(?:inline|block)\s*:|border-(?:inline|block)\b",
    "place-*": r"(?<![-\w])place-(?:items|content|self)\s*:",
    "overflow: clip": r"overflow(?:-[xy])?\s*:[^;]*\bclip\b",
    "single transforms": r"(?<![-\w])(?:translate|rotate|scale)\s*:",
    "revert and its kin": r":\s*revert(?:-layer)?\b",
}
# An old browser drops a rule with one of these as a whole: no other selector may stand in it.
LATER_SELECTORS = (":has(", ":focus-visible", "::details-content", "::file-selector-button")
NEW_IN_JAVASCRIPT = {
    "?.": r"\?\.(?!\d)",
    "??": r"\?\?",
    "logical assignment": r"(?:\|\||&&|\?\?)=",
    "private and static fields": r"(?<![\w\"'`])#[A-Za-z_]\w*|^\s*static\s",
    "top-level await": r"^(?:await\b|(?:const|let)\b[^=\n]*=\s*await\b)",
    "dynamic and relative import": r"\bimport\b",
    "numeric separators and BigInt": r"\b\d+(?:_\d|n\b)",
    "look-behind": r"\(\?<[=!]",
    "newer methods of arrays": (
        r"\.(?:at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with|group\w*)\("
    ),
    "newer methods of strings": (
        r"\.(?:replaceAll|matchAll|trimStart|trimEnd|isWellFormed|toWellFormed)\("
    ),
    "newer methods of elements": r"\.(?:replaceChildren|requestSubmit|showModal|checkVisibility)\(",
    "Object.fromEntries and its kin": r"Object\.(?:fromEntries|hasOwn|groupBy)",
    "newer promises": r"Promise\.(?:allSettled|any|withResolvers|try)\b",
    "newer globals": (
        r"\b(?:globalThis|structuredClone|queueMicrotask|WeakRef|ResizeObserver|requestIdleCallback"
        r"|reportError)\b"
    ),
    "crypto.randomUUID": r"randomUUID",
    "event.submitter": r"\.submitter\b",
    "methods of Blob": r"\.(?:arrayBuffer|stream)\(\)",
    "AbortSignal.timeout": r"AbortSignal\.",
    "inert and popover": r"\.(?:inert|popover)\b",
    "the address of a module": r"import\.meta",
}
# These throw in the oldest browsers: they may only stand where a try catches that.
CAUGHT_IN_JAVASCRIPT = {
    "new DataTransfer()": r"\bnew\s+DataTransfer\b",
    "options of createImageBitmap": r"\bcreateImageBitmap\([^()]*,",
}


def readable_css(text: str) -> str:
    """Without comments, quoted texts and what stands under @supports."""
    bare = re.sub(r"/\*.*?\*/|\"[^\"]*\"|'[^']*'", "", text, flags=re.DOTALL)
    return re.sub(r"@supports[^{]*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", "", bare)


def readable_javascript(text: str) -> str:
    """Without comments and quoted texts; templates stay, for code may stand in them."""
    return re.sub(
        r"/\*.*?\*/|^\s*//.*?$|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'",
        "",
        text,
        flags=re.DOTALL | re.MULTILINE,
    )


def uncaught_javascript(text: str) -> str:
    """Without what stands in a try, down to two braces deep."""
    return re.sub(r"\btry\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", "", text)


def found(features: dict[str, str], text: str) -> list[str]:
    return [name for name, sign in features.items() if re.search(sign, text, re.MULTILINE)]


def mixed_lists(css: str) -> list[str]:
    """Selector lists in which an old selector would be dropped with a newer one."""
    lists = [selectors.strip() for selectors in re.findall(r"[^{};]+(?=\{)", css)]
    return [
        selectors
        for selectors in lists
        if any(later in selectors for later in LATER_SELECTORS)
        and not all(any(later in one for later in LATER_SELECTORS) for one in selectors.split(","))
    ]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_asks_nothing_new(sheet: Path):
    css = readable_css(joined(sheet))

    assert found(NEW_IN_CSS, css) == []
    assert mixed_lists(css) == []


# Offices run Chromium 90 or later, which opens dialogs and knows which button was pressed.
LATER_FOR_STAFF = {
    **dict.fromkeys(
        ("keys.js", "correcting.js", "registering.js", "registering-web.js"),
        ("newer methods of elements",),
    ),
    "ledger.js": ("event.submitter",),
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_asks_nothing_new(script: Path):
    javascript = readable_javascript(joined(script))

    assert found(NEW_IN_JAVASCRIPT, javascript) == [*LATER_FOR_STAFF.get(script.name, ())]
    assert found(CAUGHT_IN_JAVASCRIPT, uncaught_javascript(javascript)) == []


def test_there_is_something_to_check():
    assert {path.name for path in SHEETS} >= {"site.css"}
    assert {path.name for path in SCRIPTS} >= {"picker.js", "files.js", "keeping.js"}


@pytest.mark.parametrize(
    "rule",
    [
        *("a:is(b) {}", "a:where(b) {}", "a:not(.b, .c) {}", "a { gap: 1rem; }"),
        *("a { row-gap: 1px }", "a { inset: 0 }", "a { aspect-ratio: 1 }", "a { & b {} }"),
        *("a { width: clamp(1px, 2px, 3px) }", "a { color: color-mix(in srgb, red, blue) }"),
        *("@container (width > 1px) {}", "@media (width >= 1px) {}", "a { height: 100dvh }"),
        *("a { color: rgb(0 0 0 / 50%) }", "@layer a {}", "a { padding-inline: 1px }"),
    ],
)
def test_the_check_sees_new_css(rule: str):
    assert found(NEW_IN_CSS, rule)
    assert not found(NEW_IN_CSS, readable_css(f"@supports (x: y) {{ {rule} }}"))


@pytest.mark.parametrize(
    "line",
    [
        *("a?.b", "a ?? b", "a ||= b", "a &&= b", "a.replaceAll(b, c)", "a.at(-1)", "await a();"),
        *(
            "this.#a = 1",
            "class A {\n  static a = 1;\n}",
            "const a = await b();",
            "import a from 'b'",
        ),
        *("Object.fromEntries(a)", "a.replaceChildren()", "structuredClone(a)", "1_000"),
    ],
)
def test_the_check_sees_new_javascript(line: str):
    assert found(NEW_IN_JAVASCRIPT, readable_javascript(line))


@pytest.mark.parametrize(
    "line", ["const a = new DataTransfer();", "await createImageBitmap(a, { b: 'c' });"]
)
def test_the_check_sees_what_is_not_caught(line: str):
    caught = f"try {{ if (a) {{ {line} }} }} catch (error) {{ a(); }}"

    assert found(CAUGHT_IN_JAVASCRIPT, uncaught_javascript(line))
    assert found(
        CAUGHT_IN_JAVASCRIPT, uncaught_javascript(f"try {{ a(); }} catch (b) {{ {line} }}")
    )
    assert found(CAUGHT_IN_JAVASCRIPT, uncaught_javascript(caught)) == []
    assert found(CAUGHT_IN_JAVASCRIPT, "createImageBitmap(a)") == []


def test_the_check_sees_an_old_selector_beside_a_newer_one():
    assert mixed_lists("a, b:has(c) { top: 0 }") == ["a, b:has(c)"]
    assert mixed_lists("a:focus:not(:focus-visible), b:focus-visible { top: 0 }") == []


def test_what_old_browsers_know_is_no_finding():
    css = "a { display: grid; gap: 1rem; min-width: 1px } b:focus:not(:focus-visible) { top: 0 }"
    script = 'const f = async (a) => (await a ? .5 : "a?.b");\n// a ?? b'

    assert found(NEW_IN_CSS, readable_css(css)) == []
    assert found(NEW_IN_JAVASCRIPT, readable_javascript(script)) == []
