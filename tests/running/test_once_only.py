"""What runs on one database alone is named with its reason, and is never about the rows."""

import ast
from pathlib import Path

import pytest

from tests.running.once_only import ONCE, not_again

ROOT = Path(__file__).resolve().parents[2]
# What these rooms promise, they promise of rows: each of their tests runs on both databases.
ON_BOTH = (
    "tests/faults/",
    "tests/inspection/loading/",
    "tests/inspection/models/",
    "tests/intake/abuse/",
    "tests/intake/arriving/test_turns.py",
    "tests/intake/audit/",
    "tests/intake/casework/",
    "tests/intake/citizen/test_submitting.py",
    "tests/intake/filing/",
    "tests/intake/models/",
    "tests/intake/routing/",
    "tests/intake/sealing/",
    "tests/intake/staff/",
    "tests/intake/test_canary.py",
    "tests/intake/test_statement_limit.py",
)
# What a test uses that is about transactions, locks or the statements themselves.
ABOUT_THE_DATABASE = {
    "CaptureQueriesContext",
    "ThreadPoolExecutor",
    "assertNumQueries",
    "connection",
    "transaction",
    "django_assert_num_queries",
    "django_assert_max_num_queries",
}
NAMED = [(file, name) for once in ONCE for file, names in once.files.items() for name in names]
WHOLE = [(file, "") for once in ONCE for file, names in once.files.items() if not names]


def functions_of(file: str, name: str) -> list[ast.FunctionDef]:
    """The test functions of a file: the one of this name, or all."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [one for one in found if one.name.startswith("test_") and name in (one.name, "")]


@pytest.mark.parametrize(("file", "name"), [*NAMED, *WHOLE])
def test_each_is_there_and_asks_nothing_of_the_database_itself(file: str, name: str):
    functions = functions_of(file, name)
    assert functions
    for function in functions:
        nodes = list(ast.walk(function))
        used = {node.id for node in nodes if isinstance(node, ast.Name)}
        used |= {node.arg for node in nodes if isinstance(node, ast.arg | ast.keyword) and node.arg}
        assert not used & ABOUT_THE_DATABASE, function.name


def test_none_is_of_a_room_that_promises_rows():
    assert all((ROOT / room).exists() for room in ON_BOTH)
    assert [file for file, _name in [*NAMED, *WHOLE] if file.startswith(ON_BOTH)] == []


def test_each_is_named_once_and_for_a_reason():
    assert len({*NAMED, *WHOLE}) == len([*NAMED, *WHOLE])
    assert not {file for file, _name in WHOLE} & {file for file, _name in NAMED}
    assert all(once.why.endswith(".") and len(once.why.split()) > 12 for once in ONCE)


def test_of_a_table_one_case_runs_again_and_of_others_none():
    pages = "tests/intake/admin/test_not_done.py"
    table = f"{pages}::test_a_made_up_field_of_kept_things_is_nothing"
    none = f"{pages}::test_every_marked_address_takes_only_post"
    other = f"{pages}::test_it_survives_a_login_that_failed"
    run = [f"{test}[{case}]" for test in (table, none, other) for case in "ab"]
    assert not_again(run) == {f"{table}[b]", f"{none}[a]", f"{none}[b]"}


def test_whoever_asks_for_real_transactions_is_about_them():
    for file, name in [*NAMED, *WHOLE]:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert "transaction=True" not in text, (file, name)
