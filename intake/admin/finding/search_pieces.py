"""The pieces of the page of a search: its progress, each item that hits, and why it ended."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from intake.admin.items.item_lines import line_of
from intake.admin.together.helped_list import is_helped
from intake.admin.who import member
from intake.casework.looking_inside.look import Hits, Looked, Why
from intake.casework.search.hits import How
from intake.models import Submission

# Ends after which there may be more.
_GO_ON = (Why.ENOUGH, Why.TIME_OVER, Why.STOPPED)
# Where the pieces go in the page around them; escaped words cannot hold it.
PLACE_OF_RESULTS = "<!-- results -->"
_PROGRESS = "admin/intake/finding/_progress.html"
_HIT = "admin/intake/finding/_hit.html"
_END = "admin/intake/finding/_end.html"

# A word that was not found as it was written.
FOUND_AS: Mapping[How, str] = {How.HEARD: "读音相同", How.SLIP: "差一个字"}
# Tone and sentence of each end.
ENDS: Mapping[Why, tuple[str, str]] = {
    Why.COMPLETE: ("success", "查完了。"),
    Why.STOPPED: ("warning", "已经停下，后面的没有查。"),
    Why.LOGGED_OUT: ("error", "登录已经结束，查到这里停下了，后面的没有查。请重新登录再查。"),
    Why.ENOUGH: ("warning", "查到的太多，先列出前面这些。可以接着往后查，或者把词写得更具体。"),
    Why.TIME_OVER: ("warning", "时间到了，后面的没有查。可以接着往后查，或者先在列表里筛选。"),
    Why.BROKEN: ("error", "查找中断了，后面的没有查。请再查一次；还是这样，请告诉系统管理员。"),
    Why.CROWD: (
        "warning",
        "没有查：现在已经有人在查，或者您上一次的查找还没有停下。请过一会儿再查。",
    ),
}


class Pieces:
    """Of one search by one member."""

    def __init__(self, request: HttpRequest, total: int) -> None:
        self._request = request
        self._total = total

    def of(self, steps: Iterator[Looked]) -> Iterator[str]:
        """A line at once, while nothing was looked at yet; then what each step brings."""
        yield self._drawn(_PROGRESS, looked=Looked(self._total))
        for looked in steps:
            yield from self._hits(looked.hits)
            if looked.why is None:
                yield self._drawn(_PROGRESS, looked=looked)
            else:
                tone, words = ENDS[looked.why]
                after = looked.last if looked.why in _GO_ON else None
                yield self._drawn(_END, looked=looked, tone=tone, words=words, after=after)

    def _hits(self, hits: Sequence[Hits]) -> Iterator[str]:
        rows = self._rows([one.key for one in hits])
        for one in hits:
            if item := rows.get(one.key):
                places = [(place, FOUND_AS.get(place.how, "")) for place in one.places]
                yield self._drawn(
                    _HIT,
                    line=line_of(item),
                    desk=str(item.desk),
                    is_helped=is_helped(item),
                    places=places,
                )

    def _rows(self, keys: list[UUID]) -> dict[UUID, Submission]:
        if not keys:
            return {}
        user, told = member(self._request), ("round", "target", "drop_box", "desk__team")
        seen = Submission.objects.visible_to(user), Submission.objects.helped_by(user)
        rows = (some.filter(pk__in=keys).select_related(*told).defer("sealed") for some in seen)
        return {item.pk: item for some in rows for item in some}

    def _drawn(self, template: str, **context: Any) -> str:
        return render_to_string(template, context)
