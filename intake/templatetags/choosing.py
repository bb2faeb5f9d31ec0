"""What a page says about the files that can be chosen, from the one table of kinds."""

from django import template

from intake.report.evidence import CHOOSING

register = template.Library()


@register.simple_tag
def choosing_files() -> dict[str, object]:
    """What the chooser offers, the limits, and the sentences about what is not taken."""
    return CHOOSING
