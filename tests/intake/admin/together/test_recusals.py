"""回避: for whoever is kept out an item is not there, on any page; all others see it as before."""

import contextlib
import re
import uuid
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django.fixtures import Settings

from intake import audit
from intake.casework import one_sheet, versions
from intake.casework.together import linking, recusing
from intake.choices import Action, Role
from intake.models import AuditEvent, Recusal, StaffUser, Submission
from intake.sealing.unsealing import open_sealed
from tests.intake.casework.together.two_letters import LATER, TwoLetters, make_two_letters
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_staff, record_what_was_made
from tests.sending import text_of
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

WHY = "（演示）是被反映人的外甥"
LIST = "/admin/intake/submission/"


@pytest.fixture
def two(settings: Settings) -> TwoLetters:
    settings.SIMULATED_NOW = LATER
    return make_two_letters()


def keep_out(two: TwoLetters, item: Submission | None = None) -> Recusal:
    found = item or two.first
    return recusing.order(found, two.clerk, reason=WHY, by=two.office, at=LATER)


def addresses_of(item: Submission) -> Iterator[str]:
    """Every address of the staff's pages that names an item and nothing else."""
    for pattern in admin.site.get_model_admin(Submission).get_urls():
        name = str(pattern.name or "")
        if name.startswith("intake_submission_"):
            for key in ("item_id", "object_id"):
                with contextlib.suppress(NoReverseMatch):
                    yield reverse(f"admin:{name}", kwargs={key: item.pk})


def test_for_whoever_is_kept_out_it_is_not_there(two: TwoLetters):
    keep_out(two)
    seen = Submission.objects.visible_to(two.clerk)
    assert list(seen) == [two.second]
    with pytest.raises(Submission.DoesNotExist), transaction.atomic():
        versions.hold(two.first.pk, two.clerk, None, at=LATER)
    clerk = log_in(Client(), two.clerk)
    number, key = two.first.display_number, str(two.first.pk)
    for page in ("/admin/", LIST, f"{LIST}?q={number}", f"{LIST}?q={two.first.number}"):
        words = text_of(clerk.get(page))
        # What was looked for stands in the field of the search.
        assert key not in words and (number not in words or number in page), page
    start = text_of(clerk.get("/admin/"))
    assert re.search(r"全部\D*1\b", text_of(clerk.get(LIST)))
    assert "2 件" not in start
    addresses = list(addresses_of(two.first))
    assert len(addresses) > 8
    nowhere = str(uuid.uuid4())
    for address in addresses:
        for ask in (clerk.get, clerk.post):
            answer, nothing = ask(address), ask(address.replace(key, nowhere))
            assert answer.status_code == nothing.status_code != 200, address
            assert text_of(answer).replace(key, nowhere) == text_of(nothing), address
    assert clerk.get(two.second.get_absolute_url()).status_code == 200


def test_all_others_see_it_as_before_and_the_office_who_is_kept_out(two: TwoLetters):
    keep_out(two)
    colleague = make_clerk(two.intake, two.intake.desks[0])
    page = text_of(log_in(Client(), colleague).get(two.first.get_absolute_url()))
    assert "回避" not in page and WHY not in page
    page = text_of(log_in(Client(), two.office).get(two.first.get_absolute_url()))
    assert f"正在回避：{two.clerk.told_apart}" in page and WHY not in page


def test_the_reason_is_sealed_to_the_office(two: TwoLetters):
    row = keep_out(two)
    secrets = two.intake.secrets
    opened = open_sealed(bytes(row.sealed_reason), secrets[two.intake.office.pk])
    assert opened.decode() == WHY
    event = AuditEvent.objects.get(action=Action.ORDER_RECUSAL)
    assert (event.desk, event.detail) == (two.intake.office, {"clerk": two.clerk.told_apart})
    record_what_was_made()
    assert audit.verify().problems == ()


def test_it_goes_with_the_links_between_repeats(two: TwoLetters):
    """The same people and the same matter: whoever sees one of them would know of the other."""
    keep_out(two, two.second)
    linking.link(
        two.second.pk,
        two.first.pk,
        version=two.second.version,
        by=two.office,
        at=LATER,
        keyring=keyring_for(two.office),
    )
    assert not Submission.objects.visible_to(two.clerk).exists()
    for row in recusing.live_recusals_of(two.first):
        recusing.end(row, by=two.office, at=LATER)
    assert list(Submission.objects.visible_to(two.clerk)) == [two.first]


def test_the_same_sheet_does_not_tell_of_it(two: TwoLetters):
    Submission.objects.filter(pk=two.first.pk).update(
        idempotency_key=two.second.idempotency_key[:-1] + "x"
    )
    assert list(one_sheet.others_of(two.second, two.clerk)) == [two.first]
    keep_out(two)
    assert not one_sheet.others_of(two.second, two.clerk).exists()
    seen = Submission.objects.visible_to(two.clerk)
    assert not seen.annotate(is_so=one_sheet.has_others(two.clerk)).filter(is_so=True).exists()


def test_the_office_orders_and_ends_it_by_its_page(two: TwoLetters):
    office, address = log_in(Client(), two.office), f"{LIST}{two.first.pk}/recusals/"
    empty = office.post(address, {})
    assert empty.status_code == 422
    assert "请选让谁回避。" in text_of(empty) and "请写明理由。" in text_of(empty)
    typed = {"clerk": two.clerk.pk, "reason": WHY}
    assert office.post(address, typed).status_code == 302
    # Twice, and of the office's own: no choice that the page offers.
    for clerk in (two.clerk, two.office):
        again = office.post(address, {**typed, "clerk": clerk.pk})
        assert again.status_code == 422 and "只能让" in text_of(again)
    page = text_of(office.get(address))
    assert WHY in page and two.clerk.told_apart in page
    end = {"recusal": Recusal.objects.get().pk}
    for _ in range(2):
        assert office.post(f"{address}end/", end).status_code == 302
    assert two.first in Submission.objects.visible_to(two.clerk)
    record_what_was_made()
    assert audit.verify().problems == ()


@pytest.mark.parametrize("role", [Role.TEAM, Role.AUDITOR])
def test_nobody_else_orders_one(two: TwoLetters, role: Role):
    other: StaffUser = make_staff(role)
    with pytest.raises(PermissionDenied):
        recusing.order(two.first, two.clerk, reason=WHY, by=other, at=LATER)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("recusal_live_once", {}),
        ("recusal_of_somebody_else", {"user": "office"}),
        ("recusal_ended_by_somebody", {"ended_at": LATER}),
    ],
)
def test_what_no_recusal_can_be(two: TwoLetters, name: str, changes: dict[str, object]):
    keep_out(two)
    values = {
        "submission": two.first,
        "user": two.clerk,
        "ordered_by": two.office,
        "ordered_at": INSIDE,
        "sealed_reason": b"x",
        **changes,
    }
    if values["user"] == "office":
        values["user"] = two.office
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Recusal.objects.create(**values)
    assert name in str(refused.value) or "submission_id" in str(refused.value)


def test_nobody_ends_a_recusal_without_a_time(two: TwoLetters):
    keep_out(two)
    with (
        pytest.raises(IntegrityError, match="recusal_ended_by_somebody"),
        transaction.atomic(),
    ):
        Recusal.objects.update(ended_by=two.office)
