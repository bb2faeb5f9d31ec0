"""What a clerk types on the registering page, and what the page says back."""

import re
from typing import Any

from django.http import HttpResponse

from inspection.models import DropBox
from intake.models import BoxOpening
from tests.making import INSIDE, Intake, make_box, make_clerk

ADD = "/admin/intake/submission/add/"


def letter(**changes: Any) -> dict[str, Any]:
    """A letter of today by nobody in particular; a test changes only what matters."""
    values: dict[str, Any] = {
        "way": "letter",
        "origin": "own",
        "received_on": "2025-04-15",
        "narrative": "（演示）机动地发包没有开会。",
    }
    return {**values, **changes}


def number_in(page: HttpResponse) -> str:
    """The number that the page says was given."""
    found = re.search(r'id="registered-number">([^<]*)<', page.content.decode())
    assert found, page.content.decode()
    return found[1]


def a_box(intake: Intake) -> DropBox:
    return make_box(intake.round)


def an_opening(intake: Intake, box: DropBox, count: int = 20) -> BoxOpening:
    """Both stand for it."""
    return BoxOpening.objects.create(
        round=intake.round,
        desk=intake.office,
        drop_box=box,
        opened_at=INSIDE,
        count=count,
        first_number=1,
        last_number=count,
        recorded_by=make_clerk(intake, intake.office),
        recorded_at=INSIDE,
        confirmed_by=make_clerk(intake, intake.office),
        confirmed_at=INSIDE,
        sealed=b"",
        sealed_digest="",
    )


def sheet_on(page: HttpResponse) -> str:
    found = re.search(r'name="_sheet" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]
