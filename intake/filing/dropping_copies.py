"""Drops copies to look at: they are made again from their files whenever somebody asks.

So nobody carries one from one seal into another, and an item that goes to another desk leaves none.
"""

from django.db.models import QuerySet

from intake.keeping import sealed_files
from intake.models import CopyMaking, ViewingCopy


def drop_copies(makings: "QuerySet[CopyMaking]") -> None:
    """Rows and their files, in the caller's transaction; one that is being made ends."""
    keys = list(makings.select_for_update().values_list("pk", flat=True))
    copies = ViewingCopy.objects.filter(making__in=keys)
    names = list(copies.values_list("sealed_file", flat=True))
    CopyMaking.objects.filter(pk__in=keys).delete()
    for name in names:
        sealed_files.remove(name)
