"""How many pages a document has, as the copies tell that its desk had made of it.

Nothing is made or counted for a paper: where nobody has looked at copies yet, or the kind has
no pages of its own, they are written in by hand.
"""

from collections.abc import Mapping
from uuid import UUID

from intake.casework.viewing.what_is_told import told_by
from intake.choices import CopySort
from intake.models import Submission, ViewingCopy

# Which supplement it came with, or None; and which of its files, from 1.
Which = tuple[UUID | None, int]
NOT_ASKED: Mapping[Which, int] = {}


def pages_known(item: Submission, secret: str) -> dict[Which, int]:
    """Of the item's files; `secret` is that of its own desk."""
    said = ViewingCopy.objects.filter(
        sort=CopySort.TOLD,
        making__first=1,
        making__desk=item.desk_id,
        making__attachment__submission=item,
    )
    found = {}
    for copy in said.select_related("making__attachment"):
        row = copy.making.attachment
        if pages := told_by([copy], secret).facts.pages:
            found[row.supplement_id, row.position] = pages
    return found
