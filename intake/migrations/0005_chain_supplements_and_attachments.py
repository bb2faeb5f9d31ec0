"""Supplements and attachments enter the chain: what came in first stands beside what is sealed now.

What is there already counts as it is sealed today; the next checkpoint chains it.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_what_is_sealed_now(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of the bytes that came in before a re-routing nothing else is known any more."""
    supplements = apps.get_model("intake", "Supplement").objects
    supplements.update(received_digest=models.F("sealed_digest"))
    attachments = apps.get_model("intake", "Attachment").objects
    attachments.update(received_digest=models.F("sealed_sha256"))


def _digest() -> "models.CharField[str, str]":
    return models.CharField(default="", editable=False, max_length=64, verbose_name="收到时的指纹")


def _chained_in(related_name: str) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    return models.ForeignKey(
        db_index=False,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="intake.auditevent",
    )


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_lighter_insert")]

    operations = [
        migrations.AddField("supplement", "chained_in", _chained_in("supplements")),
        migrations.AddField("attachment", "chained_in", _chained_in("attachments")),
        migrations.AddField("supplement", "received_digest", _digest(), preserve_default=False),
        migrations.AddField("attachment", "received_digest", _digest(), preserve_default=False),
        migrations.AlterField(
            "supplement",
            "sealed_digest",
            models.CharField(editable=False, max_length=64, verbose_name="现在的指纹"),
        ),
        migrations.AlterField(
            "attachment",
            "sealed_sha256",
            models.CharField(max_length=64, verbose_name="现在的指纹"),
        ),
        migrations.AddIndex(
            "supplement",
            models.Index(
                fields=["id"],
                condition=models.Q(chained_in__isnull=True),
                name="supplement_not_in_chain",
            ),
        ),
        migrations.AddIndex(
            "attachment",
            models.Index(
                fields=["id"],
                condition=models.Q(chained_in__isnull=True),
                name="attachment_not_in_chain",
            ),
        ),
        migrations.RunPython(take_what_is_sealed_now, migrations.RunPython.noop, elidable=True),
    ]
