"""What a person opens can be read in one sitting: modules, tests, templates, sheets, scripts."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES = 250
MOST_LINES_OF_A_PAGE, MOST_LINES_OF_A_PARTIAL = 80, 30
MOST_LINES_OF_TESTS, MOST_LINES_OF_A_FUNCTION, MOST_IN_A_FOLDER = 400, 40, 12

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = [
    path
    for app in ("inspection", "intake")
    for path in sorted((ROOT / app / "static").rglob("*"))
    if path.suffix in (".css", ".js")
]
MODULES = [
    path
    for room in ("inspection", "intake", "tests")
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
]
# Django looks for these by their names.
NAMED_BY_DJANGO = {"__init__.py", "apps.py", "urls.py", "conftest.py", "load_notice.py"}


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def is_partial(template: Path) -> bool:
    """Whether it only ever stands in another template."""
    words = template.read_text("utf-8")
    return not words.startswith("{% extends") and "<!doctype" not in words


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("template", TEMPLATES, ids=named(TEMPLATES))
def test_a_template_is_short(template: Path):
    most = MOST_LINES_OF_A_PARTIAL if is_partial(template) else MOST_LINES_OF_A_PAGE

    assert lines_of(template) <= most


@pytest.mark.parametrize("file", STATIC, ids=named(STATIC))
def test_a_sheet_or_script_is_short(file: Path):
    assert lines_of(file) <= MOST_LINES


@pytest.mark.parametrize("module", MODULES, ids=named(MODULES))
def test_a_module_is_short(module: Path):
    most = MOST_LINES_OF_TESTS if module.is_relative_to(ROOT / "tests") else MOST_LINES
    functions = [
        node for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]  # fmt: skip

    assert lines_of(module) <= most
    for function in functions:
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= MOST_LINES_OF_A_FUNCTION, function.name


def test_no_folder_is_a_long_corridor():
    for folder in {module.parent for module in MODULES}:
        modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(modules) <= MOST_IN_A_FOLDER, folder


def test_no_name_stands_for_two_modules():
    names = Counter(path.name for path in MODULES if path.name not in NAMED_BY_DJANGO)
    assert [name for name, count in names.items() if count > 1] == []
