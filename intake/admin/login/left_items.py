"""What a login of the office's head does first: see `casework.taking_over`."""

from django.contrib import messages
from django.http import HttpRequest

from inspection.screen.asked import received_at
from intake.casework.taking_over import take_over
from intake.staff.keyring import Keyring


def send_to_the_head(request: HttpRequest, keyring: Keyring) -> None:
    """Sends on what still lies at the office, and says how much it was."""
    count = take_over(keyring, by=keyring.user, at=received_at(request))
    if count:
        messages.info(request, f"以前送到巡察办、反映巡察干部的 {count} 件，已经改封到主任席。")
