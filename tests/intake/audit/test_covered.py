"""Every column of every model is chained, or left out for a reason that stands in the table."""

import inspect

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model

from intake import audit
from intake.audit import chain
from intake.audit.covered import BY_NAME, COVERED, NOT_COVERED, Covered
from intake.audit.covering import NotCovered
from intake.choices import Action, Role, Status
from intake.models import AuditEvent, StaffUser
from tests.making import INSIDE, make_intake, make_staff
from tests.staff_work import send

MODELS = list(apps.get_app_config("intake").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_model_is_covered_or_left_out_for_a_reason(model: type[Model]):
    name = model._meta.model_name
    assert (name in BY_NAME) != bool(NOT_COVERED.get(str(name))), name


@pytest.mark.parametrize("covered", COVERED, ids=lambda covered: covered.name)
def test_each_column_is_chained_or_left_out_for_a_reason(covered: Covered):
    columns = {field.name for field in covered.model._meta.concrete_fields}
    assert set(covered.columns) | set(covered.left_out) == columns
    assert not set(covered.columns) & set(covered.left_out)
    assert all(covered.left_out.values())


def test_each_column_of_an_event_is_in_its_digest():
    digested = inspect.getsource(chain.event_digest)
    derived = {"id", "digest", "code"}
    columns = {field.name for field in AuditEvent._meta.concrete_fields} - derived
    assert [name for name in sorted(columns) if f'"{name}":' not in digested] == []


@pytest.mark.django_db
def test_a_deed_changes_only_what_the_table_says():
    item = send(make_intake())
    item.status = Status.CLOSED
    with pytest.raises(NotCovered), transaction.atomic():
        audit.record(Action.OPEN, by=None, at=INSIDE, obj=item, changed=[item])


@pytest.mark.django_db
def test_a_row_that_was_saved_too_early_is_refused():
    user = make_staff(Role.TEAM)
    StaffUser.objects.update(full_name="李（演示）")
    user.refresh_from_db()
    with pytest.raises(NotCovered, match="before saving"), transaction.atomic():
        audit.record(Action.CORRECT, by=None, at=INSIDE, obj=user, changed=[user])


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["made", "removed"])
def test_a_deed_makes_and_removes_only_what_the_table_says(way: str):
    user = make_staff(Role.TEAM)
    with pytest.raises(NotCovered), transaction.atomic():
        audit.record(Action.LOGIN, by=None, at=INSIDE, **{way: [user]})
