"""The handbook: each task has its page, its pictures and its way there; nothing leads nowhere."""

import io
import re
from fnmatch import fnmatchcase
from functools import cache

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from intake.admin.handbook import rendering
from intake.admin.handbook.contents import contents_markdown
from intake.admin.handbook.rendering import FOLDER, PICTURES_FOLDER, Written, written
from intake.admin.handbook.task_table import PICTURES, TASKS, task_in, task_of
from intake.choices import ListKind, Role, Status, Way
from tests.browser.handbook.camera import MOST_BYTES, MOST_BYTES_TOGETHER
from tests.browser.handbook.steps.by_task import STEPS
from tests.intake.answers_of_addresses import GETS
from tests.logging_in import log_in
from tests.making import make_clerk, make_intake, make_staff
from tests.reading import ROOT
from tests.sending import text_of

read = cache(rendering.read)
# Answers without a title, and the handbook's own pages.
NO_PAGES = {"jsi18n", "stay", "logout", "app_list", "intake/", "nothing-here/", "handbook_picture"}
NO_PAGES |= {"handbook", "handbook_task", "intake_submission_jump"}


def every_word_of_the_program() -> str:
    files = [
        path
        for room in ("inspection", "intake", "templates")
        for path in (ROOT / room).rglob("*")
        if path.suffix in (".py", ".html", ".js") and "handbook" not in path.parts
    ]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_each_task_has_its_file_and_each_file_its_task():
    files = {path.stem for path in FOLDER.glob("*.md")} - {"README"}
    assert files == TASKS.keys()
    assert [slug for slug, task in TASKS.items() if not task.who()] == []
    assert {slug: read(slug).title for slug in TASKS} == {
        slug: task.title for slug, task in TASKS.items()
    }


def test_the_contents_page_is_written_from_the_table():
    """`make handbook` writes it."""
    assert (FOLDER / "README.md").read_text("utf-8") == contents_markdown()


def test_nothing_in_the_handbook_leads_nowhere():
    wrong = [(slug, lead) for slug in TASKS for lead in read(slug).pages if lead not in TASKS]
    assert wrong == []
    # Neither to another site, nor to a picture that lies elsewhere.
    assert [(slug, read(slug).other_links) for slug in TASKS if read(slug).other_links] == []


def test_each_task_has_its_steps_and_its_pictures():
    assert STEPS.keys() == TASKS.keys()
    assert {slug: read(slug).pictures for slug in TASKS} == {
        slug: task.pictures for slug, task in TASKS.items()
    }
    assert len(PICTURES) == sum(len(task.pictures) for task in TASKS.values())


def test_each_picture_is_there_and_is_small():
    files = sorted(PICTURES_FOLDER.glob("*"))
    assert {path.name for path in files} == {f"{name}.png" for name in PICTURES}
    sizes = {}
    for path in files:
        content = path.read_bytes()
        with Image.open(io.BytesIO(content)) as picture:
            picture.verify()
            assert picture.format == "PNG", path.name
            sizes[path.name] = len(content)
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) < MOST_BYTES_TOGETHER


def test_what_is_named_as_it_stands_on_the_screen_stands_in_the_program():
    said = every_word_of_the_program()
    # Lists write the name of what is new behind this word.
    named = [(slug, words.removeprefix("新增")) for slug in TASKS for words in read(slug).bold]
    wrong = [(slug, words) for slug, words in named if words not in said]
    assert wrong == []


def test_each_page_of_the_staff_has_its_task():
    """Whoever adds a page names it in a task of the handbook, and writes there how it is used."""
    named = [page for task in TASKS.values() for page in task.pages]
    assert sorted(named) == sorted(set(named))
    answered = {name for name, answers in GETS.items() if "200" in answers}
    assert [name for name in sorted(answered - NO_PAGES) if task_of(name) is None] == []
    names = [*GETS, *(f"intake_submission_add?way={way}" for way in Way.values)]
    unused = [page for page in named if not any(fnmatchcase(name, page) for name in names)]
    assert unused == []


@pytest.mark.parametrize(
    ("page", "way", "slug"),
    [
        ("intake_submission_add", "", "register-letter"),
        ("intake_submission_add", "visit", "register-visit"),
        ("intake_submission_add", "fax", "register-letter"),
        ("intake_submission_reporter", "", "see-reporter"),
        ("intake_submission_history", "", "open-item"),
        ("inspection_workcalendarday_year", "", "calendar"),
        ("inspection_team_change", "", "notice"),
    ],
)
def test_the_name_that_says_most_decides(page: str, way: str, slug: str):
    task = task_of(page, way)
    assert task is not None and task.slug == slug
    assert task_of("nothing_of_the_kind") is None


def test_every_status_and_kind_of_list_has_one_task():
    """What an item's page, and the page that refuses a move, lead to."""
    states = [state for task in TASKS.values() for state in task.states]
    assert sorted(states) == sorted([*Status.values, *ListKind.values])
    led = {Status.CLOSED: "archive", Status.TO_APPROVE: "approve-or-return", ListKind.FIX: "fix"}
    for state, slug in led.items():
        task = task_in(state)
        assert task is not None and task.slug.startswith(slug)
    assert task_in("nothing") is None


def test_a_file_brings_no_html_of_its_own():
    page = written("# 题\n\n<script>x</script> **按** [去](log-in.md#x) [坏](javascript:x)\n")
    html = rendering.html_of(
        page, page_address=lambda slug: f"/at/{slug}/", picture_address=lambda name: name
    )
    assert "<script>" not in html and 'href="/at/log-in/#x"' in html and 'href="java' not in html
    assert page == Written("题", page.body, ("log-in",), (), ()) and page.bold == ("按",)
    with pytest.raises(ValueError, match="title"):
        written("没有题\n")


@pytest.mark.django_db
def test_every_member_reads_it_the_own_tasks_first():
    intake = make_intake()
    clerk, auditor = make_clerk(intake, intake.desks[0]), make_staff(Role.AUDITOR)
    for user in (clerk, auditor):
        client = log_in(Client(), user)
        own, _, others = text_of(client.get("/admin/handbook/")).partition("别人做的")
        for task in TASKS.values():
            is_own = task.is_everybodys or any(user.may(deed) for deed in task.deeds)
            assert f"/admin/handbook/{task.slug}/" in (own if is_own else others)
    for task in TASKS.values():
        page = text_of(client.get(reverse("admin:handbook_task", args=[task.slug])))
        assert f"<h1>{task.title}</h1>" in page
        shown = re.findall(r"/admin/handbook/pictures/([\w-]+)\.png", page)
        assert tuple(shown) == task.pictures
    picture = client.get(reverse("admin:handbook_picture", args=["log-in"]))
    assert picture["Content-Type"] == "image/png" and "private" in picture["Cache-Control"]
    assert picture.getvalue().startswith(b"\x89PNG")
    for nothing in ("/admin/handbook/nothing/", "/admin/handbook/pictures/nothing.png"):
        assert client.get(nothing).status_code == 404
    assert Client().get(reverse("admin:handbook_picture", args=["log-in"])).status_code == 302


@pytest.mark.django_db
def test_the_way_to_it_stands_beside_the_title():
    intake = make_intake()
    client = log_in(Client(), make_clerk(intake, intake.office))
    for address, slug in (
        ("/admin/", "start-page"),
        ("/admin/intake/submission/", "open-item"),
        ("/admin/intake/submission/add/", "register-letter"),
    ):
        assert f'href="/admin/handbook/{slug}/" target="_blank"' in text_of(client.get(address))
    assert "怎么办" not in text_of(client.get("/admin/handbook/"))
