"""The table of roles is whole: what was forgotten in it, these tests name."""

import pytest
from django.apps import apps

from intake.access import PAGES, TABLE, Deed, Desks, role_choices, rules_of
from intake.choices import Role
from intake.models import StaffUser


def test_every_role_has_its_entry():
    assert TABLE.keys() == set(Role)
    assert role_choices() == [(role.value, str(role.label)) for role in TABLE]
    longest = StaffUser._meta.get_field("role").max_length
    assert longest and max(len(role) for role in TABLE) <= longest


def test_every_deed_is_somebodys():
    assert {deed for rules in TABLE.values() for deed in rules.deeds} == set(Deed)


def test_whoever_opens_items_can_hold_a_desk_and_nobody_else_can():
    for role, rules in TABLE.items():
        assert (Deed.OPEN in rules.deeds) == (rules.desks is not Desks.NONE), role


@pytest.mark.parametrize("permission", sorted(frozenset().union(*PAGES.values())))
def test_the_pages_of_a_deed_are_pages_that_there_are(permission: str):
    """Django would take a misspelt name, and grant nothing by it."""
    app, _, codename = permission.partition(".")
    action, _, model = codename.partition("_")
    assert action in apps.get_model(app, model)._meta.default_permissions


def test_nobody_of_an_unknown_role_or_whose_account_is_shut_may_do_anything():
    assert rules_of("sergeant").deeds == frozenset()
    for user in (StaffUser(role="sergeant"), StaffUser(role=Role.OFFICE, is_active=False)):
        assert not [deed for deed in Deed if user.may(deed)]
        assert not user.has_perm("intake.view_submission")
        assert not user.has_module_perms("intake")
