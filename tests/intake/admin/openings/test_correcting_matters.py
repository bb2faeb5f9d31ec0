"""A sealed matter that was recorded wrongly is set right, until both have signed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.casework.sealed import sealed_matters
from intake.choices import Action
from intake.models import AuditEvent, SealedMatter
from tests.box_work import keep_sealed
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake
from tests.sending import text_of

pytestmark = pytest.mark.django_db


def test_the_day_and_the_keeper_are_set_right_until_both_have_signed(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    first, second = (make_clerk(intake, intake.office) for _ in range(2))
    matter, client = keep_sealed(intake.round, first), log_in(Client(), first)
    shown = {"deed": "correct", "seen": sealed_matters.mark_of(matter)}
    right: dict[str, Any] = {**shown, "received_on": "2025-04-11", "keeper": second.pk}

    def refused(**typed: Any) -> str:
        answer = client.post(matter.get_absolute_url(), {**right, **typed})
        assert answer.status_code == 422
        assert '<details class="card" open>' in answer.content.decode()
        return text_of(answer)

    assert "还没有到" in refused(received_on="2025-04-16")
    assert "请填日期" in refused(received_on="")
    assert "请选择保管人" in refused(keeper="0")
    assert "登记改过" in refused(seen="2025-04-01 1")
    unchanged = {"received_on": matter.received_on.isoformat(), "keeper": first.pk}
    assert "没有改动" in refused(**unchanged)
    assert client.post(matter.get_absolute_url(), right).status_code == 302
    matter = SealedMatter.objects.get()
    assert (matter.received_on, matter.keeper) == (date(2025, 4, 11), second)
    event = AuditEvent.objects.get(action=Action.CORRECT_SEALED)
    assert event.detail == {
        "number": 1,
        "from_received_on": "2025-04-14",
        "received_on": "2025-04-11",
        "keeper": "changed",
    }
    assert "登记改过" in refused()
    right["seen"] = sealed_matters.mark_of(matter)
    sealed_matters.send_on(matter, date(2025, 4, 11), by=first, at=INSIDE)
    assert "不能晚于上送日期" in refused(received_on="2025-04-14")
    sealed_matters.witness(matter, seen="2025-04-11", by=second, at=INSIDE)
    answer = client.post(matter.get_absolute_url(), {**right, "received_on": "2025-04-10"})
    assert "不能再改" in text_of(answer)
    assert "更正登记（" not in text_of(client.get(matter.get_absolute_url()))
