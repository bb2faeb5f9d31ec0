"""What the page of an item shows of its transfers: to whom, under which number, how far."""

from dataclasses import dataclass
from typing import Any

from intake.casework.transfers.held_lists import TAKEN_UP_IN
from intake.casework.transfers.list_table import MAKES
from intake.models import StaffUser, Submission, TransferEntry, TransferList


@dataclass(frozen=True, slots=True)
class Transfer:
    """A list that the item stands on; `url` is '' where the list is another desk's."""

    row: TransferList
    url: str
    is_out: bool


def transfer_context(item: Submission, user: StaffUser) -> dict[str, Any]:
    """For the partial `submission/_transfers.html`."""
    entries = item.transfer_entries.select_related("list__receiver", "list__round")
    lists = TransferList.objects.visible_to(user).filter(pk__in=[one.list_id for one in entries])
    mine = set(lists.values_list("pk", flat=True))
    transfers = [_transfer(entry, entry.list_id in mine) for entry in entries]
    kind = next((kind for kind, status in TAKEN_UP_IN.items() if status == item.status), None)
    is_on_one = any(entry.is_open for entry in entries)
    may_gather = kind is not None and not is_on_one and user.may(MAKES[kind])
    return {"transfers": transfers, "may_gather": may_gather}


def _transfer(entry: TransferEntry, is_mine: bool) -> Transfer:
    url = entry.list.get_absolute_url() if is_mine else ""
    return Transfer(entry.list, url, entry.is_out)
