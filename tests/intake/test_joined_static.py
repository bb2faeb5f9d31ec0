"""Sheets and scripts are served whole: nothing is forgotten, nothing left to be fetched."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from intake.joined_static import joined

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / app / "static" for app in ("inspection", "intake")]
FILES = {
    str(path.relative_to(folder)): path
    for folder in FOLDERS
    for path in sorted(folder.rglob("*"))
    if path.suffix in (".css", ".js")
}
TEMPLATES = "".join(path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html"))
SERVED = sorted(set(re.findall(r"\{% static '([\w/-]+\.(?:css|js))' %\}", TEMPLATES)))
NAMES = re.compile(r"^(?:const|let|function|async function) (\w+)", re.MULTILINE)


def bare(text: str) -> str:
    """Without comments, and without the words that only parts need."""
    text = re.sub(r"/\*.*?\*/|^//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"^export ", "", text, flags=re.MULTILINE).strip()


def test_every_file_is_served_or_a_part_of_one_that_is():
    wholes = [joined(FILES[name]) for name in SERVED]
    named = "|".join(SERVED)

    assert len(wholes) > 5
    for name, path in FILES.items():
        rules = bare(re.sub(r"^@?import .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE))
        assert any(rules in bare(whole) for whole in wholes), f"{name} is in none of {named}"


@pytest.mark.parametrize("name", SERVED)
def test_what_is_served_fetches_nothing_further(name: str):
    assert not re.search(r"^(?:@import|import|export)\b", joined(FILES[name]), re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in SERVED if name.endswith(".js")])
def test_no_name_stands_in_two_parts_of_a_script(name: str):
    counts = Counter(NAMES.findall(joined(FILES[name])))

    assert counts
    assert set(counts.values()) == {1}


@pytest.mark.parametrize("name", SERVED)
def test_development_and_collectstatic_find_the_whole(client: Client, name: str):
    found = finders.find(name)
    [collected] = [
        storage.open(path).read()
        for finder in finders.get_finders()
        for path, storage in finder.list([])
        if path == name
    ]
    answer = client.get(f"/static/{name}")

    whole = joined(FILES[name]).encode()
    assert Path(str(found)).read_bytes() == whole
    assert collected == whole
    assert answer.getvalue() == whole


def test_a_part_stands_in_the_place_of_its_line_and_once(tmp_path: Path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.css").write_text("b { top: 0; }\n")
    whole = tmp_path / "whole.css"
    whole.write_text('/* a */\n@import "parts/one.css";\n@import "parts/one.css";\n')

    assert joined(whole) == "/* a */\nb { top: 0; }\n"


def test_a_part_that_is_missing_is_told(tmp_path: Path):
    whole = tmp_path / "whole.js"
    whole.write_text('import { one } from "./one.js";\n')

    with pytest.raises(FileNotFoundError):
        joined(whole)
