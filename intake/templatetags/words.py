"""The notice's own word for the work in texts of ours."""

from django import template

from inspection.models import Round
from inspection.wording import in_the_word

register = template.Library()


@register.filter
def in_word_of(text: object, round_: Round) -> str:
    """A text of ours as this round says it."""
    return in_the_word(text, round_.word)
