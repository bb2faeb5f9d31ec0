"""The table of roles is whole: what was forgotten in it, these tests name."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from intake.access import PAGES, TABLE, Deed, Desks, role_choices, rules_of
from intake.choices import DeskKind, Role
from intake.models import Desk, StaffUser
from tests.logging_in import log_in
from tests.making import make_clerk, make_intake
from tests.sending import text_of
from tests.staff_work import send

ROOT = Path(__file__).resolve().parents[2]
# The table itself, its list of codes, and what an old database is made of.
EXEMPT = {"intake/access.py", "intake/choices/staff_lists.py"}
SOURCES = [
    path
    for app in ("inspection", "intake")
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts and str(path.relative_to(ROOT)) not in EXEMPT
]


def test_every_role_has_its_entry():
    assert TABLE.keys() == set(Role)
    assert role_choices() == [(role.value, str(role.label)) for role in TABLE]
    longest = StaffUser._meta.get_field("role").max_length
    assert longest and max(len(role) for role in TABLE) <= longest


def test_every_deed_is_somebodys():
    given = {deed for rules in TABLE.values() for deed in (*rules.deeds, *rules.of_heads)}
    assert given == set(Deed)


def test_what_a_role_keeps_for_its_heads_nobody_else_of_it_may():
    for role, rules in TABLE.items():
        assert not rules.deeds & rules.of_heads
        clerk, head = StaffUser(role=role), StaffUser(role=role, may_approve=True)
        assert not [deed for deed in rules.of_heads if clerk.may(deed)]
        assert all(head.may(deed) for deed in rules.of_heads | rules.deeds)
        assert not [deed for deed in set(Deed) - rules.of_heads - rules.deeds if head.may(deed)]
        assert not StaffUser(role=role, may_approve=True, is_active=False).may(Deed.APPROVE)


# By (role, may approve): the kinds of desks that such a member can hold.
HOLDS = {
    (Role.OFFICE, False): {DeskKind.OFFICE},
    (Role.OFFICE, True): {DeskKind.OFFICE, DeskKind.HEAD},
    (Role.TEAM, False): {DeskKind.TEAM},
    (Role.TEAM, True): {DeskKind.TEAM},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("may_approve", [False, True])
def test_who_can_hold_which_desk(role: Role, may_approve: bool):
    member = StaffUser(role=role, may_approve=may_approve)
    held = {kind for kind in DeskKind if member.can_hold(Desk(kind=kind))}
    assert held == HOLDS.get((role, may_approve), set())


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


def test_every_deed_is_asked_for_or_opens_pages():
    asked = {name.attr for path in SOURCES for name in names_of(tree_of(path), "Deed")}
    assert asked | {deed.name for deed in PAGES} == {deed.name for deed in Deed}


def test_nothing_but_the_table_compares_roles():
    """A role is named, and somebody's role is compared, in the table alone; others ask it."""
    assert [told for path in SOURCES for told in comparisons_in(path)] == []


def comparisons_in(path: Path) -> list[str]:
    tree = tree_of(path)
    compared = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare | ast.Match) and tells_of_a_role(node)
    ]
    found = [*compared, *names_of(tree, "Role"), *codes_looked_for(tree)]
    return [f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}" for node in found]


def test_no_template_compares_roles():
    tags = [
        f"{path.name}: {tag}"
        for path in (ROOT / "templates").rglob("*.html")
        for tag in re.findall(r"{%\s*(?:el)?if\b[^%]*%}", path.read_text(encoding="utf-8"))
        if re.search(r"\b(role|rules)\b", tag)
    ]
    assert tags == []


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def names_of(tree: ast.AST, of: str) -> Iterator[ast.Attribute]:
    """'Role.TEAM' where `of` is 'Role'."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).split(".")[-1] == of:
            yield node


def codes_looked_for(tree: ast.AST) -> Iterator[ast.expr]:
    """'team' of `filter(user__role="team")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and "role" in (node.arg or "").split("__"):
            parts = (
                node.value.elts if isinstance(node.value, ast.Tuple | ast.List) else [node.value]
            )
            constants = [part for part in parts if isinstance(part, ast.Constant)]
            yield from (part for part in constants if part.value in Role.values)


def tells_of_a_role(compared: ast.AST) -> bool:
    """Whether `user.role`, a name `role` or `entry["role"]` is compared."""
    told = {
        ast.Attribute: lambda node: node.attr,
        ast.Name: lambda node: node.id,
        ast.Constant: lambda node: node.value,
    }
    return any(
        told[type(node)](node) == "role" for node in ast.walk(compared) if type(node) in told
    )


@pytest.mark.django_db
def test_a_clerk_of_a_role_that_only_reads_is_offered_no_deed(monkeypatch: pytest.MonkeyPatch):
    """A role that does not exist yet: its entry alone decides."""
    reading = frozenset({Deed.READ_NOTICE, Deed.OPEN})
    monkeypatch.setitem(TABLE, Role.TEAM, replace(TABLE[Role.TEAM], deeds=reading))
    intake = make_intake()
    item = send(intake, intake.targets[0])
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    address = f"/admin/intake/submission/{item.pk}"
    page = text_of(client.get(f"{address}/change/"))
    assert "反映内容" in page
    assert not [word for word in ("登记</button>", "保存受理范围", "确定改派") if word in page]
    assert "登记所选" not in text_of(client.get("/admin/intake/submission/"))
    assert client.post("/admin/intake/submission/register/", {"item": item.pk}).status_code == 403
    assert client.post(f"{address}/scope/", {"scope": "out"}).status_code == 403
    assert client.post(f"{address}/reroute/").status_code == 403
    item.refresh_from_db()
    assert (item.number, item.scope) == (None, "in")
