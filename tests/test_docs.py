"""What the documents claim of the tests and of the tree is true."""

import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reading import ROOT

SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(test_\w+)`", SECURITY)
APPS = ("inspection", "intake")
GUIDES = ("docs/architecture.md", "CONTRIBUTING.md")
PATH = re.compile(r"(?<![\w/.:-])[\w.-]+(?:/[\w.-]+)+/?")
FILE = re.compile(r"\b\w[\w-]*\.(?:py|md|toml|csv)\b|\bMakefile\b")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
}
SOURCES = "\n".join(path.read_text("utf-8") for app in APPS for path in (ROOT / app).rglob("*.py"))


def names_of_all_tests() -> set[str]:
    """The names of all test functions."""
    files = [*(ROOT / "tests").rglob("test_*.py")]
    return {
        name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text(), re.M)
    }


def test_each_claim_names_a_test_that_exists():
    assert len(NAMED) > 60
    assert set(NAMED) - names_of_all_tests() == set()


def test_no_claim_stands_without_a_test():
    """Claims are the items of the lists, but for those that say what stands in clear."""
    claims = re.findall(r"^- (.*?)(?=\n- |\n\n)", SECURITY, re.M | re.S)
    without = [claim for claim in claims if not re.search(r"`test_\w+`", claim)]

    assert len(claims) > 50
    assert [claim for claim in without if not claim.startswith("of ")] == ["the published notice."]


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def without_paths(document: str) -> str:
    return FILE.sub("", PATH.sub("", text_of(document)))


@pytest.mark.parametrize("document", ["README.md", *GUIDES])
def test_each_page_that_a_document_leads_to_is_there(document: str):
    leads = re.findall(r"\]\(([^)#:]+)\)", text_of(document))
    folder = (ROOT / document).parent
    assert [lead for lead in leads if not (folder / lead).exists()] == []


@pytest.mark.parametrize("document", GUIDES)
def test_each_path_that_a_guide_names_is_there(document: str):
    # What it leads to is another test's.
    text = re.sub(r"\[[^\]]*\]\([^)]*\)", "", text_of(document))
    paths = {path for path in PATH.findall(text) if not path.startswith(".venv/")}
    files = set(FILE.findall(PATH.sub("", text)))
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
    assert [name for name in sorted(files) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", GUIDES)
def test_each_test_that_a_guide_names_is_there(document: str):
    assert set(re.findall(r"\btest_\w+", without_paths(document))) <= names_of_all_tests()


@pytest.mark.parametrize("document", GUIDES)
def test_each_function_that_a_guide_names_is_there(document: str):
    """'submitting.submit': a module by the end of its path, and what stands in it."""
    dotted = set(re.findall(r"(?<![\w.])[a-z]\w*(?:\.\w+)+", without_paths(document)))
    ours = sorted(name for name in dotted if not name.startswith("django."))
    assert [name for name in ours if not is_there(name)] == []


@pytest.mark.parametrize("document", GUIDES)
def test_each_name_that_a_guide_quotes_stands_in_the_code(document: str):
    names = set(re.findall(r"`([A-Za-z]\w+)`", text_of(document))) - names_of_all_tests()
    ends = {module.split(".")[-1] for module in MODULES} | set(APPS)
    unknown = [
        name
        for name in sorted(names - ends)
        if not re.search(rf"^\s*(?:class |def )?{name}\b(?:\(|:| =)", SOURCES, re.M)
    ]
    assert unknown == []


def is_there(dotted: str) -> bool:
    parts = dotted.split(".")
    return any(
        has(module, parts[count:])
        for count in range(1, len(parts))
        for module in MODULES
        if f".{module}".endswith("." + ".".join(parts[:count]))
    )


def has(module: str, names: list[str]) -> bool:
    found = importlib.import_module(module)
    for name in names:
        found = getattr(found, name, None)  # type: ignore[assignment]
    return found is not None


@pytest.mark.parametrize("document", ["README.md", *GUIDES])
def test_each_make_command_is_one_of_the_makefile(document: str):
    said = set(re.findall(r"(?:^    |`|=1 )make ([a-z][\w-]*)", text_of(document), re.M))
    assert said
    assert said <= set(re.findall(r"^([\w-]+):", text_of("Makefile"), re.M))


def is_room(path: Path) -> bool:
    """A folder with files; one that was moved away may have left bytecode behind."""
    return path.is_dir() and any(
        file.suffix != ".pyc" for file in path.rglob("*") if file.is_file()
    )


def rooms_of(app: str) -> dict[str, set[str]]:
    """What stands in an app, each room with the rooms inside it; columns are Django's own."""
    return {
        path.name: set() if path.name in ("static", "management") else folders_in(path)
        for path in (ROOT / app).iterdir()
        if path.suffix == ".py" or is_room(path)
        if path.name not in ("__init__.py", "__pycache__", "migrations")
    }


def folders_in(path: Path) -> set[str]:
    inside = path.iterdir() if path.is_dir() else ()
    return {one.name for one in inside if is_room(one)}


def picture_of(app: str) -> Iterator[tuple[list[str], set[str]]]:
    """The lines of the README's picture: the rooms, and the rooms inside that they name."""
    [drawn] = re.findall(rf"^    {app}/.*\n((?:      .*\n)+)", text_of("README.md"), re.M)
    for line in re.findall(r"^      \S.*(?:\n {9,}.*)*", drawn, re.M):
        names, _, words = line.strip().partition("  ")
        yield names.replace("/", "").split(), set(re.findall(r"(?<![\w/])([a-z_]+)/", words))


@pytest.mark.parametrize("app", APPS)
def test_the_picture_in_the_readme_is_the_tree(app: str):
    rooms = rooms_of(app)
    drawn = list(picture_of(app))
    assert sorted(name for names, _ in drawn for name in names) == sorted(rooms)
    for names, inside in drawn:
        assert inside == set().union(*(rooms[name] for name in names)), names


@pytest.mark.parametrize("app", APPS)
def test_the_floors_on_the_page_are_those_of_the_contracts(app: str):
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if one.get("containers") == [app]]
    floors = [re.findall(r"(?<![\w(])\w+(?![\w)])", layer) for layer in layers]
    [listed] = re.findall(
        rf"^`{app}`, from the top:\n\n((?:- .*\n)+)", text_of("docs/architecture.md"), re.M
    )
    assert [
        re.findall(r"`(\w+)`", line.partition(":")[0]) for line in listed.splitlines()
    ] == floors
    rooms = {name.removesuffix(".py") for name in rooms_of(app)} - {"static"}
    # Django's entry to the app is on no floor.
    assert {room for floor in floors for room in floor} | {"apps"} == rooms
