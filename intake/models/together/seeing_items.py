"""Which items a member does not see, which of other desks they see, and which repeat another.

Conditions on items, each with subqueries of its own that read only small tables; the models that
they ask stand above this one, so that they are found by their names.
"""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q

if TYPE_CHECKING:
    from intake.models.staff_user import StaffUser


def _live(model: str) -> Any:
    """The rows of one of these models that nobody has ended."""
    return apps.get_model("intake", model)._default_manager.live()


def hidden_from(user: "StaffUser") -> Q:
    """What somebody was kept out of, and whatever repeats it: the same people, the same matter."""
    recused = _live("Recusal").filter(user=user).order_by().values("submission")
    links = _live("RepeatLink").filter(lead__in=recused).order_by()
    return Q(pk__in=recused) | Q(pk__in=links.values("repeat"))


def helped_by(user: "StaffUser") -> Q:
    """What the desks that somebody sees help with, while it lies at a desk that they do not."""
    desks = apps.get_model("intake", "Desk")._default_manager.visible_to(user)
    helping = _live("HelpingDesk").filter(desk__in=desks).order_by()
    return Q(pk__in=helping.values("submission")) & ~Q(desk__in=desks)


def repeats_of_others() -> Any:
    """The keys of the items that repeat another."""
    return _live("RepeatLink").order_by().values("repeat")
