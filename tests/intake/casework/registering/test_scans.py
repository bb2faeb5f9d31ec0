"""Scans beside the registering page."""

import pytest

from intake.casework.registering import scans
from intake.report.draft import Attachment
from tests.making import INSIDE, make_clerk, make_intake
from tests.sending import JPEG
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db


def test_pages_that_are_dropped_together_stay_in_their_order():
    intake = make_intake()
    keyring = keyring_for(make_clerk(intake, intake.office))
    names = [f"第{number}页.jpg" for number in range(9)]
    pages = [Attachment.of_bytes(name, "jpeg", JPEG + name.encode()) for name in names]
    scans.keep(pages[:5], nonce="n" * 22, keyring=keyring, real_at=INSIDE)
    scans.keep(pages[5:], nonce="n" * 22, keyring=keyring, real_at=INSIDE.replace(minute=30))
    assert [note.name for note in scans.found("n" * 22, keyring)] == names
    assert [file.name for file in scans.opened_of("n" * 22, keyring)] == names
