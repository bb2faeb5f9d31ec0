"""A receiver answers item by item; each desk has numbers of documents of its own."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inspection import clock
from intake.audit.later_columns import record_columns


def fill_in_days(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Before, an answer was about the whole list; what was settled was answered on its day."""
    entries = apps.get_model("intake", "TransferEntry").objects
    for entry in entries.filter(is_settled=True, is_out=False).select_related("list"):
        entry.answered_on = entry.list.feedback_on
        entry.save(update_fields=["answered_on"])


def chain(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    record_columns(apps.get_model, {"transferentry": "answered_on"}, at=clock.now())


class Migration(migrations.Migration):
    dependencies = [
        ("inspection", "0006_workdays_2026"),
        ("intake", "0029_helping_desks"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="transferlist",
            name="transfer_document_number_once_a_round",
        ),
        migrations.AddField(
            model_name="transferentry",
            name="answered_on",
            field=models.DateField(editable=False, null=True, verbose_name="反馈日期"),
        ),
        migrations.RunPython(fill_in_days, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="transferentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_on__isnull", True),
                    models.Q(("is_out", False), ("is_settled", True)),
                    _connector="OR",
                ),
                name="transfer_entry_answered_is_settled",
                violation_error_message="有了反馈的件就办完了，没有退回。",
            ),
        ),
        migrations.AddConstraint(
            model_name="transferlist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("document_number", ""), _negated=True),
                fields=("desk", "document_number"),
                name="transfer_document_number_once_a_desk",
                violation_error_message="本席已经用过这个文号。",
            ),
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]
