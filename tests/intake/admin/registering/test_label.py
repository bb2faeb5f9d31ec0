"""The label for a letter itself."""

import re
from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from inspection.print.qr import qr_svg
from intake.models import Submission
from tests.intake.admin.registering.filling_in import ADD, letter
from tests.intake.admin.registering.standing_office import Office, make_office
from tests.making import INSIDE
from tests.running.standing_world import standing_world

OF_THE_SESSION = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|data-(?:idle|whole)="\d+"|\d\d:\d\d'
)

pytestmark = pytest.mark.django_db


standing = standing_world(make_office, at=INSIDE)


@pytest.fixture
def office(standing: Callable[[], Office], settings: Settings) -> Office:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def test_a_label_tells_the_number_and_nothing_else_of_its_item(office: Office):
    """Two letters that have nothing in common have the same label, but for the number."""
    team = office.intake.targets[0].code
    one = letter(subject="金丝雀", narrative="（演示）甲", target=team, _save="")
    other = letter(way="phone", reporter_phone="0635-7654321", place="前王村", _save="")
    for typed in (one, other):
        assert office.office.post(ADD, typed).status_code == 302
    # What was registered is said once, wherever the next page is.
    office.office.get(ADD)
    labels = set()
    for item in Submission.objects.all():
        page = office.office.get(f"/admin/intake/submission/{item.pk}/label/")
        number, text = item.display_number, OF_THE_SESSION.sub("", page.content.decode())
        assert f"<b>{number}</b>" in text and text.count(qr_svg(number)) == 1
        labels.add(text.replace(qr_svg(number), "QR").replace(number, "NUMBER"))
    assert len(labels) == 1 and Submission.objects.count() == 2
