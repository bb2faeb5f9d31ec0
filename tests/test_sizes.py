"""What a person opens can be read in one sitting: modules, tests, templates, sheets, scripts."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

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
# Django and Python look for these by their names, Django for all commands of an app in one folder.
LISTED_BY_DJANGO = ROOT / "intake" / "management" / "commands"
NAMED_BY_OTHERS = {
    *("__init__.py", "__main__.py", "apps.py", "urls.py", "conftest.py", "load_notice.py"),
}


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def is_partial(template: Path) -> bool:
    """Whether it only ever stands in another template."""
    words = template.read_text("utf-8")
    return not words.startswith("{% extends") and "<!doctype" not in words


def longer_than(most: int, paths: Iterable[Path]) -> dict[str, int]:
    """What is longer, with its number of lines."""
    lines = {str(path.relative_to(ROOT)): lines_of(path) for path in paths}
    return {name: count for name, count in lines.items() if count > most}


def functions_of(module: Path) -> Iterator[tuple[str, int]]:
    """Each function by file and name, with its number of lines."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            yield f"{module.relative_to(ROOT)}: {node.name}", length


def test_each_template_is_short():
    partials = [template for template in TEMPLATES if is_partial(template)]

    assert longer_than(MOST_LINES_OF_A_PARTIAL, partials) == {}
    assert longer_than(MOST_LINES_OF_A_PAGE, set(TEMPLATES) - set(partials)) == {}


def test_each_sheet_and_script_is_short():
    assert longer_than(MOST_LINES, STATIC) == {}


def test_each_module_is_short():
    of_tests = {module for module in MODULES if module.is_relative_to(ROOT / "tests")}

    assert longer_than(MOST_LINES_OF_TESTS, of_tests) == {}
    assert longer_than(MOST_LINES, set(MODULES) - of_tests) == {}


def test_each_function_is_short():
    found = [function for module in MODULES for function in functions_of(module)]

    assert {name: lines for name, lines in found if lines > MOST_LINES_OF_A_FUNCTION} == {}


def test_there_is_something_to_measure():
    assert min(len(TEMPLATES), len(STATIC), len(MODULES)) > 20


def test_no_folder_is_a_long_corridor():
    for folder in {module.parent for module in MODULES} - {LISTED_BY_DJANGO}:
        modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(modules) <= MOST_IN_A_FOLDER, folder


def test_no_name_stands_for_two_modules():
    names = Counter(path.name for path in MODULES if path.name not in NAMED_BY_OTHERS)
    assert [name for name, count in names.items() if count > 1] == []
