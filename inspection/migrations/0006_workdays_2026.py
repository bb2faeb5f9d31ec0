"""Loads the official arrangement of working days for 2026."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inspection.models import workdays_2026


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Adds the year's days that differ from their weekday."""
    day_model = apps.get_model("inspection", "WorkCalendarDay")
    day_model.objects.bulk_create(
        [
            day_model(date=date, is_workday=is_workday, name=name)
            for date, is_workday, name in workdays_2026.EXCEPTIONS
        ],
        ignore_conflicts=True,
    )


def unload(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Removes them."""
    apps.get_model("inspection", "WorkCalendarDay").objects.filter(date__year=2026).delete()


class Migration(migrations.Migration):
    dependencies = [("inspection", "0005_kinds_are_looked_up")]

    operations = [migrations.RunPython(load, unload)]
