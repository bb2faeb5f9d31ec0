"""What has no room on a screen, or is too small for a finger."""

# 640 and 320 px are also what is left of 1280 px at 200 % and 400 % zoom.
WIDTHS = [320, 360, 640, 1280]
LEAST_TARGET = 44

WIDER_THAN_THE_SCREEN = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = document.documentElement.scrollWidth > width;
    return !scrolls ? [] : [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > width)
        .map(e => e.outerHTML.slice(0, 120));
}"""

# A link in a sentence is as high as its line; WCAG excepts it. A button, a row of a list or of
# the navigation is pressed on its own. A choice is pressed on its label.
SMALL_TARGETS = """least => {
    const seen = e => e.getClientRects().length && !e.closest('.trap, .skip, .unseen');
    const inSentence = a => [...a.parentElement.childNodes]
        .some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const own = a => !inSentence(a) || a.classList.contains('button');
    const targets = [
        ...document.querySelectorAll('button, select, textarea, summary, [role=option]'),
        ...document.querySelectorAll('.choice label'),
        ...document.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox])'),
        ...[...document.querySelectorAll('a[href]')].filter(own),
    ];
    const side = e => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width);
    return targets.filter(seen)
        .filter(e => side(e) < least - 0.5)
        .map(e => side(e) + ' ' + e.outerHTML.slice(0, 120));
}"""
