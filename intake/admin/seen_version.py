"""The version of an item or a list that the page had: whoever acts on an older one is told."""

from django.http import HttpRequest

INCOMPLETE = "这一页不完整，没有办。请回到信访件，再按一次。"
CHANGED = "您打开这一件以后，别人已经改过它。您刚才的没有办，填的都在这里。"


def version_in(request: HttpRequest) -> int | None:
    """What the form brought along; None where it says none."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
