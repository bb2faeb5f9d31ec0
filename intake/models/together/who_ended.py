"""How a row that holds until somebody ends it says who ended it, and when."""

from django.db.models import F, Q


def ended_by_somebody(began: str, at: str, by: str) -> Q:
    """Neither moment nor member, or both, and not before it began: the condition of a check."""
    still = Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
    return still | Q(**{f"{at}__isnull": False, f"{at}__gte": F(began), f"{by}__isnull": False})
