"""manage.py load_notice: what it prints, its exit codes, and that refusals write nothing."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from inspection.models import Round
from tests.reading import DATA, NOTICE, PAGE, read_json

pytestmark = pytest.mark.django_db


def run(path: Path, *options: str) -> tuple[int, str, str]:
    """The exit code and what was printed on standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_notice", str(path), *options, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), err.getvalue() + str(error)
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_loads_and_says_so(page: Path):
    code, out, err = run(page)

    assert (code, out) == (0, "已装入：十四届市委第八轮巡察公告（liaocheng-14-8）。\n")
    assert "举报箱从1号到23号" in err


def test_says_that_nothing_changed(page: Path):
    run(page)

    assert run(page)[:2] == (0, "没有变化：十四届市委第八轮巡察公告（liaocheng-14-8）。\n")


def test_shows_a_difference_and_changes_nothing_unless_asked(page: Path):
    run(page)
    page.write_text(PAGE.replace("6月20日", "6月25日"), encoding="utf-8")

    shown = run(page)[1]
    stored = Round.objects.get().accepts_until.isoformat()
    updated = run(page, "--update")[1]

    assert "受理截止日期：2025-06-20 → 2025-06-25" in shown
    assert stored == "2025-06-20"
    assert "已按公告更新" in updated
    assert Round.objects.get().accepts_until.isoformat() == "2025-06-25"


def test_json_stands_alone_on_standard_output(page: Path):
    code, out, err = run(page, "--json")

    assert code == 0
    assert json.loads(out) == read_json(PAGE)
    assert "已装入" in err


def test_check_writes_nothing(page: Path):
    code, out, _ = run(page, "--check", "--json")

    assert (code, json.loads(out)["round"]["slug"]) == (0, "liaocheng-14-8")
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (b"\x00\x01\x02binary", "二进制"),
        (PAGE.encode("utf-16"), "UTF-16"),
        ("今天天气很好。\n".encode(), "没有巡察或巡视公告"),
        (NOTICE.replace("2026年", "").encode(), "第20行：日期没有写年份"),
        (NOTICE.replace("6月20日", "3月1日").encode(), "第9行：受理截止日期"),
        (NOTICE.replace("\t柳泉乡", "\t青石镇").encode(), "第24行：“青石镇”同时列在"),
        (PAGE.replace("\n23. 高唐", "\n22. 高唐").encode(), "行：举报箱编号22重复"),
        (PAGE.replace("南10米路东", "东" * 302).encode(), "“22 号箱”的位置太长：有"),
    ],
)
def test_refuses_with_a_reason_and_writes_nothing(tmp_path: Path, data: bytes, words: str):
    path = tmp_path / "notice.txt"
    path.write_bytes(data)

    code, out, err = run(path)

    assert (code, out) == (1, "")
    assert words in err
    assert not Round.objects.exists()


def test_check_reads_on_where_loading_would_stop(tmp_path: Path):
    path = DATA / "notices" / "yunfu-no-year.txt"

    code, out, err = run(path, "--check", "--json")

    assert code == 0
    assert len(json.loads(out)["teams"]) == 2
    assert "错误 第18行" in err


def test_check_prints_each_field_with_its_state_and_its_line():
    code, out, err = run(DATA / "notices" / "yunfu-no-year.txt", "--check")

    assert code == 0
    lines = out.splitlines()
    assert "【轮次和时间】" in lines and "【区委第一巡察组】" in lines
    assert any(line.startswith("  受理截止日期：XXXX-05-12  ［缺，第") for line in lines)
    assert any(line.startswith("      错误 第18行：日期没有写年份") for line in lines)
    assert any(line.startswith("  向反映人反馈：（没有写）  ［缺］") for line in lines)
    assert "错误 第18行" in err and not Round.objects.exists()


def test_a_clerk_settles_what_is_missing():
    path = DATA / "notices" / "yunfu-no-year.txt"

    code, _, err = run(path, "--set", "year=2026")

    assert code == 0
    assert "年份由工作人员确定为2026" in err
    assert Round.objects.get().settled == {"year": "2026"}


@pytest.mark.parametrize("setting", ["year", "year=26", "colour=red", "accepts_until=soon"])
def test_a_wrong_setting_is_a_mistake_of_use(page: Path, setting: str):
    code, _, err = run(page, "--set", setting)

    assert code == 2
    assert any(part in err for part in setting.split("="))
    assert not Round.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    code, _, err = run(tmp_path / "nowhere.txt")

    assert code == 1
    assert "读不了文件" in err
