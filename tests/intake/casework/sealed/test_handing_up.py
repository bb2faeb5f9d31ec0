"""What came over the web for the level above: taken up by the office, and handed on unread."""

import io
import json
import uuid
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django.fixtures import Settings

from intake import audit
from intake.casework.sealed import handing_up
from intake.choices import Role
from intake.models import AuditEvent, SealedMatter, Submission
from intake.sealing.unsealing import open_sealed
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake, make_staff, record_what_was_made
from tests.sending import text_of
from tests.staff_work import send_with_all

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/sealedmatter/"
CANARY = "（演示）金丝雀写的是办公室"


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    made = make_intake()
    make_clerk(made, made.office, username="first")
    record_what_was_made()
    return made


def send_up(intake: Intake) -> Submission:
    return send_with_all(intake, about_office=True, narrative=CANARY)


def test_the_superior_alone_opens_what_is_handed_on(intake: Intake):
    item, clerk = send_up(intake), make_clerk(intake, intake.office)
    record_what_was_made()
    assert list(handing_up.waiting_items(clerk)) == [item]
    matter = handing_up.take_up(item.pk, by=clerk, at=INSIDE)
    assert (matter.received_on, matter.keeper) == (INSIDE.date(), clerk)
    assert not handing_up.waiting_items(clerk).exists()
    with pytest.raises(Submission.DoesNotExist):
        handing_up.take_up(item.pk, by=clerk, at=INSIDE)
    bundle = b"".join(handing_up.sealed_bundle(matter, by=clerk, at=INSIDE))
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    assert "金丝雀".encode() not in b"".join(parts.values())
    sealed = {name for name in parts if name.endswith(".age")}
    added = {"补充-01.age", "补充-01-材料-01.age"}
    assert sealed == {"来件.age", "材料-01.age"} | added
    secret = intake.secrets[intake.superior.pk]
    report = json.loads(open_sealed(parts["来件.age"], secret))
    assert CANARY in json.dumps(report, ensure_ascii=False)
    assert all(open_sealed(parts[name], secret) for name in sealed)
    last = AuditEvent.objects.latest("sequence")
    assert (last.action, last.detail) == ("take_sealed", {"number": 1})
    assert audit.verify().is_sound


def test_nobody_else_takes_it_up(intake: Intake):
    item, other = send_up(intake), make_intake()
    stranger = make_clerk(other, other.office)
    assert not handing_up.waiting_items(stranger).exists()
    with pytest.raises(Submission.DoesNotExist):
        handing_up.take_up(item.pk, by=stranger, at=INSIDE)
    for member in (make_clerk(intake, intake.desks[0]), make_staff(Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            handing_up.take_up(item.pk, by=member, at=INSIDE)
    assert not SealedMatter.objects.exists()


def test_from_the_list_to_the_download_by_pages(intake: Intake):
    item = send_up(intake)
    client = log_in(Client(), make_clerk(intake, intake.office))
    page = text_of(client.get(LIST))
    assert str(item.pk) in page
    assert "登记，由我保管" in page
    # Five working days from arrival, on 15 April, by the rule that the office keeps.
    assert "04-22 以前上送" in page

    def press(key: Any) -> Any:
        return client.post(f"{LIST}web/", {"item": str(key)}, follow=True)

    told = press(item.pk)
    matter = SealedMatter.objects.get()
    assert "已登记，编号 密-001，由您保管。" in text_of(told)
    assert "下载上送文件" in text_of(told)
    for gone in (item.pk, uuid.uuid4()):
        assert "可能刚才已经有人登记了" in text_of(press(gone))
    assert client.post(f"{LIST}web/", {"item": "x"}).status_code == 404
    download = client.post(f"{LIST}{matter.pk}/bundle/")
    assert download["Content-Type"] == "application/zip"
    assert "no-store" in download["Cache-Control"]
    assert "attachment" in download["Content-Disposition"]
    assert zipfile.is_zipfile(io.BytesIO(b"".join(download)))
    items = text_of(client.get("/admin/intake/submission/"))
    assert str(item.pk) not in items
