"""By what a browser is known in which a member logged in before.

Others can lock a name for their network and for all strangers, but not for its member's own
computer.
"""

from intake.abuse import counters
from intake.models import StaffKey, StaffUser


def mark_of(user: StaffUser | None) -> str:
    """What stands for a member in such browsers; '' for nobody.

    It is a keyed digest that tells nothing, and another one as soon as somebody else sets the
    password, because that makes the member's key anew.
    """
    if user is None:
        return ""
    key = StaffKey.objects.filter(user=user).values_list("recipient", flat=True).first() or ""
    return counters.digest(f"browser of {user.pk} {key}")[:32]
