"""How an item came in and from whom are two facts; the old column held both."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inspection import clock
from intake.audit.closing import close

PASSED_ON = ("superior", "other_body")
INSIDE_WINDOW = models.Q(
    received_at__gte=models.F("window_opens"),
    received_at__lt=models.F("window_closes"),
    is_late=False,
)


def part(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What others passed on came as a letter; the chain is closed, since its rows change."""
    items = apps.get_model("intake", "Submission").objects.filter(way__in=PASSED_ON)
    if not items.exists():
        return
    for origin in PASSED_ON:
        items.filter(way=origin).update(way="letter", origin=origin)
    close(apps.get_model, at=clock.now())


def join(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    items = apps.get_model("intake", "Submission").objects
    for origin in PASSED_ON:
        items.filter(way="letter", origin=origin).update(way=origin)


class Migration(migrations.Migration):
    dependencies = [("intake", "0010_note_new_supplements")]

    operations = [
        migrations.RemoveConstraint("submission", "submission_web_inside_window"),
        migrations.RemoveConstraint("submission", "submission_box_only_from_box"),
        migrations.RenameField("submission", "source", "way"),
        migrations.AddField(
            "submission",
            "origin",
            models.CharField("信访来源", max_length=12, default="own"),
        ),
        migrations.AddConstraint(
            "submission",
            models.CheckConstraint(
                name="submission_web_inside_window",
                condition=~models.Q(way="web") | INSIDE_WINDOW,
                violation_error_message="网上提交的时间必须在受理期内。",
            ),
        ),
        migrations.AddConstraint(
            "submission",
            models.CheckConstraint(
                name="submission_box_only_from_box",
                condition=models.Q(drop_box__isnull=True) | models.Q(way="box"),
                violation_error_message="只有来自举报箱的信访件才能填举报箱。",
            ),
        ),
        migrations.RunPython(part, join),
    ]
