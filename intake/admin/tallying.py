"""How many items the member's own desks hold, by status; asked once a request."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest

from intake.admin.who import member
from intake.choices import Status
from intake.models import Submission

_REMEMBERED = "_tally"


@dataclass(frozen=True, slots=True)
class Tally:
    """Items by status, and in all."""

    by_status: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_status.values())

    @property
    def unregistered(self) -> int:
        return self.by_status.get(Status.UNREGISTERED, 0)


def tally_of(request: HttpRequest) -> Tally:
    """The counts of the member's own desks."""
    remembered: Tally | None = getattr(request, _REMEMBERED, None)
    if remembered is None:
        visible = Submission.objects.visible_to(member(request)).order_by()
        counted = visible.values_list("status").annotate(count=Count("pk"))
        remembered = Tally(dict(counted))
        setattr(request, _REMEMBERED, remembered)
    return remembered
