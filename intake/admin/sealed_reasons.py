"""Reasons that lie sealed to a desk, as a page shows them: many with one key."""

from django.http import HttpRequest

from intake.models import Desk
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

UNREADABLE = "（理由打不开）"


def secret_at_hand(request: HttpRequest, desk: Desk) -> str:
    """What opens the desk; '' where this session has nothing that does."""
    try:
        return keyring_of(request).desk_secret(desk)
    except (KeyringMissing, NoDeskAccess):
        return ""


def reason_in(sealed: bytes | memoryview, secret: str) -> str:
    """The words, or that they do not open: the rest of the page is of use without them."""
    try:
        return open_sealed(bytes(sealed), secret).decode() if secret else UNREADABLE
    except CannotOpen:
        return UNREADABLE
