"""Yes and no in words: Django shows them as pictures whose words are English."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_PICTURE = re.compile(r'<img src="[^"]*/icon-(?:yes|no|unknown)\.svg" alt="(True|False|None)">')
_WORDS = {"True": "是", "False": "否", "None": "没有写明"}


@register.filter
def in_words(shown: object) -> object:
    """What Django shows of a field; of a yes or no, the word instead of the picture."""
    if not isinstance(shown, SafeString):
        return shown
    return mark_safe(_PICTURE.sub(lambda picture: _WORDS[picture[1]], shown))  # noqa: S308
