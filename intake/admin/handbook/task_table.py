"""Every task of the handbook, in the order of the day's work.

The contents page, the pages in the site, '怎么办' beside each title, the pictures and the browser's
tests are made from it.
"""

from fnmatch import fnmatchcase

from intake.admin.handbook.task import Chapter, Task
from intake.admin.handbook.tasks_of_items import HANDLING, REGISTERING
from intake.admin.handbook.tasks_of_people import PEOPLE, WATCHING
from intake.admin.handbook.tasks_of_the_end import ENDING, FINDING
from intake.admin.handbook.tasks_of_the_office import KEEPING_RULES, SPECIAL, STARTING

CHAPTERS: tuple[Chapter, ...] = (
    STARTING,
    REGISTERING,
    HANDLING,
    FINDING,
    SPECIAL,
    KEEPING_RULES,
    PEOPLE,
    ENDING,
    WATCHING,
)
TASKS: dict[str, Task] = {task.slug: task for chapter in CHAPTERS for task in chapter.tasks}
PICTURES = frozenset(picture for task in TASKS.values() for picture in task.pictures)


def task_of(page: str, way: str = "") -> Task | None:
    """Whose page it is, by the name of its address: the name or pattern that says most decides."""
    for task in TASKS.values():
        if way and f"{page}?way={way}" in task.pages:
            return task
    fitting = [
        (len(pattern), task.slug)
        for task in TASKS.values()
        for pattern in task.pages
        if fnmatchcase(page, pattern)
    ]
    return TASKS[max(fitting)[1]] if fitting else None


def task_in(state: str) -> Task | None:
    """What is done next with an item in this status, or with a list of this kind."""
    return next((task for task in TASKS.values() if state in task.states), None)
