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
RULES_OF_COLOURS = ["color-contrast", "link-in-text-block"]
# Axe describes at length only what is wrong; of the rest it names one example.
OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {rule: {"enabled": False} for rule in RULES_OF_COLOURS},
}
ONLY_COLOURS = {
    "resultTypes": ["violations", "incomplete"],
    "elementRef": True,
    "runOnly": {"type": "rule", "values": RULES_OF_COLOURS},
}

THERE = "typeof axe === 'object'"
# What stands in a noscript is parsed only where no script runs; axe would wait there for ever.
RUNS_SCRIPTS = """() => {
    const parsed = document.createElement('div');
    parsed.innerHTML = '<noscript><b></b></noscript>';
    return parsed.querySelector('b') === null;
}"""
SCRIPT = Axe().axe_script
RUNS = Axe(axe_script="")

# An element that has the computed colours and letters of one that was judged, and lies in the
# like of all that the other lay in, is as easy to read: axe leaves it out where all within it is
# such too. What it found wrong, or could not judge, it is asked about on the next page again.
OF_NEW_LOOKS = """async ([judged, options]) => {
    const known = new Set(judged), looks = new Map(), leftOut = [];
    const number = (words) => [...words].reduce(
        (sum, one) => (sum * 31 + one.codePointAt(0)) % 281474976710597, 0);
    const parts = ['color', 'backgroundColor', 'backgroundImage', 'opacity', 'filter',
        'mixBlendMode', 'textShadow', 'fontSize', 'fontWeight', 'textDecorationLine',
        'borderBottom', 'outline', 'display', 'visibility', 'position', 'zIndex', 'clipPath'];
    const style = (element, pseudo) => {
        const computed = getComputedStyle(element, pseudo);
        return parts.map((part) => computed[part]).join();
    };
    const lookOf = (element, around) => number([
        around, element.tagName, element.type, element.disabled, element.ariaDisabled,
        element.getClientRects().length > 0,
        [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
        Boolean(element.value), Boolean(element.placeholder),
        style(element), style(element, '::before'), style(element, '::after'),
    ].join('|'));
    const isKnown = (element, around) => {
        const look = lookOf(element, around), was = known.has(look);
        looks.set(element, look);
        known.add(look);
        const old = [], all = [...element.children];
        all.forEach((child) => { if (isKnown(child, look)) old.push(child); });
        if (was && old.length === all.length) return true;
        leftOut.push(...old);
        return false;
    };
    if (isKnown(document.documentElement, 0)) return null;
    const { violations, incomplete } =
        await axe.run({ include: [document], exclude: leftOut }, options);
    [...violations, ...incomplete].flatMap(({ nodes }) => nodes)
        .forEach(({ element }) => known.delete(looks.get(element)));
    return {
        judged: [...known],
        violations: violations.map(({ id, impact, nodes }) =>
            ({ id, impact, nodes: nodes.map(({ html }) => ({ html })) })),
    };
}"""
_judged: set[int] = set()


def has_axe(page: Page) -> None:
    """Half a megabyte of script is read by a page once, and only where scripts run."""
    assert page.evaluate(RUNS_SCRIPTS), "axe needs a page that runs scripts"
    if not page.evaluate(THERE):
        page.evaluate(SCRIPT)


def wrong_but_for_colours(page: Page) -> list[dict[str, Any]]:
    """What all of axe's other rules find."""
    has_axe(page)
    response: dict[str, Any] = RUNS.run(page, options=OPTIONS).response
    assert response["passes"], "axe looked at nothing"
    return list(response["violations"])


def wrong_colours(page: Page) -> list[dict[str, Any]]:
    """What cannot be told from its ground, among what looks like nothing that was judged before."""
    has_axe(page)
    answer = page.evaluate(OF_NEW_LOOKS, [list(_judged), ONLY_COLOURS])
    if answer is None:
        return []
    _judged.update(answer["judged"])
    return list(answer["violations"])


def violations(page: Page) -> list[str]:
    """What axe finds on the page, its colours in each scheme, once for every element."""
    page.emulate_media(**SCHEMES[0])
    found = [(SCHEMES[0], violation) for violation in wrong_but_for_colours(page)]
    for scheme in SCHEMES:
        page.emulate_media(**scheme)
        found += [(scheme, violation) for violation in wrong_colours(page)]
    page.emulate_media(**SCHEMES[0])
    return [
        f"{violation['id']} {list(scheme.values())}: {node['html'][:160]}"
        for scheme, violation in found
        for node in violation["nodes"]
    ]
