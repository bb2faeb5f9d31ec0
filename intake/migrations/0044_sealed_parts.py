import os
from pathlib import Path

import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from intake.sealing import private_files


def keep_as_it_is(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL else tries to compress what is encrypted, which no part gets smaller by."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE intake_sealedpart ALTER COLUMN piece SET STORAGE EXTERNAL"
        )


def lay_into_the_folder(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The way back: the older version reads each file there, whole."""
    parts = apps.get_model("intake", "SealedPart").objects.order_by("number")
    for name in list(parts.filter(number=0).values_list("file", flat=True)):
        folder = Path(settings.MEDIA_ROOT) / name[:2]
        private_files.make_folder(folder)
        half = folder / f"{name}.part"
        half.unlink(missing_ok=True)
        of_file = parts.filter(file=name)
        with os.fdopen(private_files.create(half), "wb") as file:
            for number in list(of_file.values_list("number", flat=True)):
                file.write(of_file.get(number=number).piece)
            file.flush()
            os.fsync(file.fileno())
        half.replace(folder / name)
        private_files.flush_folder(folder)


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0043_rehearse_both_copies"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealedPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(max_length=80, verbose_name="封存的文件")),
                ("number", models.PositiveIntegerField(verbose_name="第几段，从 0 起")),
                (
                    "kept_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="存下的时间",
                    ),
                ),
                ("piece", models.BinaryField(verbose_name="封存的内容")),
            ],
            options={
                "verbose_name": "封存文件的一段",
                "verbose_name_plural": "封存文件的各段",
                "indexes": [
                    models.Index(
                        condition=models.Q(("number", 0)),
                        fields=["kept_at"],
                        name="sealed_part_first_by_age",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "number"),
                        name="sealed_part_once",
                        violation_error_message="封存文件的每一段只存一次。",
                    )
                ],
            },
        ),
        migrations.RunPython(keep_as_it_is, lay_into_the_folder),
    ]
