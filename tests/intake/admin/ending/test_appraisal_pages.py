"""Lists of what is archived and what is not, on their pages: chosen, signed by two, or given up."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.choices import Status
from intake.models import Appraisal, RetentionClass, Submission
from tests.intake.casework.ending.ended_world import AFTER, World, make_world
from tests.logging_in import log_in
from tests.making import PASSWORD
from tests.running.standing_world import standing_world
from tests.sending import text_of

pytestmark = pytest.mark.django_db
WORDS = "（演示）只有空信封"


class Pages:
    """The world with its items closed, and a head and a clerk of the office logged in."""

    def __init__(self) -> None:
        self.world: World = make_world(status=Status.CLOSED)
        self.head = log_in(Client(), self.world.head)
        self.office = log_in(Client(), self.world.office)
        RetentionClass.objects.update(fonds="J001")

    @property
    def lists(self) -> str:
        return f"/admin/ending/{self.world.intake.round.pk}/appraisals/"

    def make(self, *items: Submission, by: Client | None = None, **typed: Any) -> Any:
        desk = self.world.intake.office.pk
        fields = {f"desk{desk}-{name}": value for name, value in typed.items()}
        chosen = {f"desk{desk}-items": [str(one.pk) for one in items]}
        return (by or self.office).post(self.lists, {"desk": desk, **chosen, **fields})


standing = standing_world(Pages, at=AFTER)


@pytest.fixture
def pages(standing: Callable[[], Pages], settings: Settings) -> Pages:
    settings.SIMULATED_NOW = AFTER
    return standing()


def test_a_list_is_made_and_signed_by_two_with_the_password_of_each(pages: Pages):
    thirty = RetentionClass.objects.get(period="D30").pk
    item = pages.world.named
    made = pages.make(item, kind="kept", retention=thirty, words=WORDS)
    page, sign = made["Location"], {"deed": "sign", "password": PASSWORD}
    assert WORDS in text_of(pages.office.get(page))
    assert pages.office.post(page, {**sign, "password": "wrong"}).status_code == 422
    assert pages.office.post(page, sign).status_code == 302
    assert "另一个人" in text_of(pages.office.post(page, sign))
    assert pages.head.post(page, sign).status_code == 302

    assert Submission.objects.get(pk=item.pk).status == Status.ARCHIVED
    assert "J001-WS·2025-D30-XF-0001" in text_of(pages.head.get(item.get_absolute_url()))


def test_what_is_missing_is_said_and_a_list_may_be_given_up(pages: Pages):
    item = pages.world.named
    assert "请选保管期限" in text_of(pages.make(item, kind="kept"))
    assert "请选理由" in text_of(pages.make(item, kind="not"))
    assert "请写明" in text_of(pages.make(item, kind="not", reason="other"))
    assert "请至少选一件" in text_of(pages.make(kind="not", reason="empty"))
    assert not Appraisal.objects.exists()

    page = pages.make(item, kind="not", reason="other", words=WORDS)["Location"]
    pages.head.post(page, {"deed": "drop"})
    assert "已撤销" in text_of(pages.office.get(pages.lists))
    assert Submission.objects.get(pk=item.pk).status == Status.CLOSED


def test_the_heads_own_items_are_offered_to_the_head_alone(pages: Pages):
    number = pages.world.of_head.display_number
    assert number in text_of(pages.head.get(pages.lists))
    assert number not in text_of(pages.office.get(pages.lists))
    refused = pages.office.post(pages.lists, {"desk": pages.world.intake.head.pk})
    assert refused.status_code == 422 and number not in text_of(refused)
