"""The problems to begin with; the office edits them and adds its own second level."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PROBLEMS = (
    ("political", "政治纪律", ()),
    ("organisation", "组织纪律", ()),
    ("integrity", "廉洁纪律", ()),
    ("masses", "群众纪律", ()),
    ("work", "工作纪律", ()),
    ("life", "生活纪律", ()),
    (
        "duty_crime",
        "职务违法犯罪",
        (
            ("bribery", "贪污贿赂"),
            ("abuse", "滥用职权"),
            ("neglect", "玩忽职守"),
            ("favouritism", "徇私舞弊"),
            ("duty_other", "其他"),
        ),
    ),
    ("other_crime", "其他违法犯罪", ()),
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    problems = apps.get_model("intake", "Problem").objects
    for order, (code, name, children) in enumerate(PROBLEMS, start=1):
        parent = problems.create(code=code, name=name, order=order)
        for place, (child, words) in enumerate(children, start=1):
            problems.create(code=child, name=words, order=place, parent=parent)


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    problems = apps.get_model("intake", "Problem").objects
    problems.exclude(parent=None).delete()
    problems.all().delete()


class Migration(migrations.Migration):
    dependencies = [("intake", "0012_what_clerks_judge")]

    operations = [migrations.RunPython(add, take_out)]
