"""Every paper, as LibreOffice lays it out: its pages, its words, and nothing left on a disk."""

import os
import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.intake.papers.invented_papers import LONG_LIST, PAGES, long_item, long_papers, paper

# What stands in for the fonts that offices have and this machine has not.
STAND_INS = {
    "仿宋_GB2312": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
    "楷体_GB2312": "Noto Serif CJK SC",
}
ALIAS = '<alias binding="same"><family>{}</family><prefer><family>{}</family></prefer></alias>'
FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    + "".join(ALIAS.format(*pair) for pair in STAND_INS.items())
    + "</fontconfig>"
)
WORDS = {
    "registration": ("信访件登记表", "8-0063", "张演示", "1. 钱演示", "群众纪律"),
    "call": ("来电记录", "09:05", "09:20"),
    "visit": ("来访登记表", "集体访", "6 人次", "合同照片.jpg"),
    "set": ("信访件登记表", "信访件摘要", "反映的内容", "材料清单", "办理经过"),
    "loan": ("信访件借阅登记", "8-0063"),
    "fix-notice": ("立行立改通知书", "1. 村里道路开裂", "主要负责人签字"),
    "letter": ("关于移交信访事项的函", "5 个工作日", "1 件不附反映人姓名"),
    "list": ("信访件移交清单", "不附", "共 3 件"),
    "acknowledgement": ("签收回执", "8-0063"),
    "opening": ("举报箱开箱记录", "37 至 39", "完好"),
    "sealed": ("密封件登记",),
    "not-archived": ("不归档材料鉴定清单", "无实质内容"),
}
LONGEST = {"longest": paper("set", long_item()).content, **long_papers()}
MANY_SHEETS = {"long-list": 3, "long-letter": 1, "long-receipt": 1}


@pytest.fixture(scope="module")
def as_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them, and the longest set, converted by one start of LibreOffice."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        missing("LibreOffice or pdftotext", "apt install libreoffice-writer-nogui poppler-utils")
    folder = tmp_path_factory.mktemp("papers")
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS)
    for code in PAGES:
        (folder / f"{code}.docx").write_bytes(paper(code).content)
    for name, content in LONGEST.items():
        (folder / f"{name}.docx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/own", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, folder.glob("*.docx"))]
    places = {"FONTCONFIG_FILE": str(fonts), "HOME": str(folder), "PATH": os.environ["PATH"]}
    subprocess.run(command, check=True, capture_output=True, env=places, timeout=300)
    return folder


RED_AT = 150 / 25.4


def red_rows(file: Path) -> list[tuple[float, float]]:
    """Rows of the first sheet that are red over most of it: how far down, how wide, both in mm."""
    command = ["pdftoppm", "-r", "150", "-l", "1", str(file)]
    picture = subprocess.run(command, check=True, capture_output=True).stdout
    _kind, size, _most, pixels = picture.split(b"\n", 3)
    width = int(size.split()[0]) * 3
    rows = (pixels[start : start + width] for start in range(0, len(pixels), width))
    wide = [
        sum(red > 200 and green < 150 for red, green in zip(row[::3], row[1::3], strict=True))
        for row in rows
    ]
    return [(at / RED_AT, much / RED_AT) for at, much in enumerate(wide) if much / RED_AT > 100]


def strengths_of(rows: list[tuple[float, float]]) -> list[int]:
    """How many rows of the picture each line takes."""
    apart = [0]
    for before, row in pairwise(rows):
        apart.append(apart[-1] + (row[0] - before[0] > 1.5 / RED_AT))
    return list(Counter(apart).values())


def text_of(file: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True)
    return done.stdout.decode()


def pages_of(file: Path) -> int:
    return text_of(file).count("\f")


def test_each_takes_as_many_sheets_as_it_should(as_pdf: Path):
    assert {code: pages_of(as_pdf / f"{code}.pdf") for code in PAGES} == PAGES


@pytest.mark.parametrize("code", PAGES)
def test_its_words_stand_on_it(as_pdf: Path, code: str):
    text = text_of(as_pdf / f"{code}.pdf")
    bare = re.sub(r"\s", "", text)
    for words in WORDS[code]:
        assert re.sub(r"\s", "", words) in bare
    assert "20250415-K7M4Q2" in text


def test_sheets_of_a_set_are_counted_through(as_pdf: Path):
    text = text_of(as_pdf / "set.pdf")
    numbers = re.findall(r"—\s*(\d)\s*/\s*(\d)\s*—", text)
    assert numbers == [(str(number), "5") for number in range(1, 6)]


def test_a_letter_has_its_lines_where_the_standard_wants_them(as_pdf: Path):
    rows = red_rows(as_pdf / "letter.pdf")
    assert {round(wide) for _down, wide in rows} == {170}
    # 30 mm to the name, one line of it, and 4 mm to the upper line.
    assert rows[0][0] == pytest.approx(30 + 13 + 4, abs=1)
    assert rows[-1][0] == pytest.approx(297 - 20, abs=1)
    upper_thick, upper_thin, lower_thin, lower_thick = strengths_of(rows)
    assert upper_thick > upper_thin and lower_thin < lower_thick


@pytest.mark.parametrize("name", ["long-list", "long-letter", "long-receipt"])
def test_the_longest_list_and_letter_are_whole(as_pdf: Path, name: str):
    bare = re.sub(r"\s", "", text_of(as_pdf / f"{name}.pdf"))
    assert pages_of(as_pdf / f"{name}.pdf") >= MANY_SHEETS[name]
    assert bare.count("某") >= 200
    if name == "long-list":
        assert bare.replace("内容摘要", "").count("摘") == len(LONG_LIST.lines) * 300
        assert bare.count("反馈时") >= pages_of(as_pdf / f"{name}.pdf") - 1


def test_the_longest_set_is_whole(as_pdf: Path):
    bare = re.sub(r"\s", "", text_of(as_pdf / "longest.pdf"))
    assert bare.count("长") == 10_000
    # In the form and on the sheet of its own.
    assert bare.count("摘") >= 2 * 2000
