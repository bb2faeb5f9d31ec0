"""Supplements remember their first opening; of those that are there, the log of openings tells it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import intake.choices


def take_from_the_log(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    events = apps.get_model("intake", "AuditEvent").objects.filter(action="open")
    for row in apps.get_model("intake", "Supplement").objects.defer("sealed").iterator():
        later = events.filter(object_id=str(row.submission_id), at__gt=row.received_at)
        row.opened_at = later.order_by("at").values_list("at", flat=True).first()
        row.save(update_fields=["opened_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0009_close_what_was_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="supplement",
            name="opened_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="受理席第一次打开"),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="action",
            field=models.CharField(
                choices=intake.choices.action_choices,
                max_length=16,
                verbose_name="操作",
            ),
        ),
        migrations.AddIndex(
            model_name="supplement",
            index=models.Index(
                condition=models.Q(("opened_at__isnull", True)),
                fields=["submission"],
                name="supplement_not_opened",
            ),
        ),
        migrations.RunPython(take_from_the_log, migrations.RunPython.noop, elidable=True),
    ]
