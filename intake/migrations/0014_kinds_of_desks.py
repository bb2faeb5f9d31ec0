"""Desks get their kind, and members may approve; both enter the chain for the rows that are there."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inspection import clock
from intake.audit.later_columns import record_columns


def fill_in_kinds(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Before there were kinds, a desk without a team was the office's."""
    apps.get_model("intake", "Desk").objects.filter(team=None).update(kind="office")


def remove_unknown_kinds(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Going back takes the desks away that the version before cannot tell from the office's.

    Where items lie at one of them it stops with a ProtectedError: nobody could open them.
    """
    unknown = apps.get_model("intake", "Desk").objects.filter(kind__in=("head", "superior"))
    apps.get_model("intake", "DeskAccess").objects.filter(desk__in=unknown).delete()
    unknown.delete()
    # PostgreSQL alters no table while checks of deleted rows are still to come.
    schema_editor.connection.check_constraints()


def chain(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    record_columns(apps.get_model, {"desk": "kind", "staffuser": "may_approve"}, at=clock.now())


class Migration(migrations.Migration):
    dependencies = [
        ("inspection", "0005_kinds_are_looked_up"),
        ("intake", "0013_problems"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="desk", name="one_office_desk_a_round"),
        migrations.AddField(
            model_name="desk",
            name="kind",
            field=models.CharField(
                choices=[
                    ("office", "巡察办"),
                    ("head", "主任席"),
                    ("team", "巡察组"),
                    ("superior", "上级"),
                ],
                default="team",
                editable=False,
                max_length=8,
                verbose_name="种类",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill_in_kinds, remove_unknown_kinds),
        migrations.AddField(
            model_name="staffuser",
            name="may_approve",
            field=models.BooleanField(
                default=False,
                help_text="巡察办主任、巡察组组长打这个勾；只有这两个角色可以有。",
                verbose_name="可以审批",
            ),
        ),
        migrations.AlterField(
            model_name="desk",
            name="sealed_identity",
            field=models.BinaryField(
                default=bytes,
                help_text="只有巡察组的受理席才有；别的私钥只在成员手里和离线恢复文件里。",
                verbose_name="封给巡察办的私钥",
            ),
        ),
        migrations.AlterField(
            model_name="desk",
            name="team",
            field=models.OneToOneField(
                blank=True,
                help_text="只有巡察组的受理席才有。",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="desk",
                to="inspection.team",
                verbose_name="巡察组",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "team"), _negated=True),
                fields=("round", "kind"),
                name="desk_one_of_its_kind_a_round",
                violation_error_message="这一轮已经有这一种受理席。",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "team"), ("team__isnull", False)),
                    models.Q(models.Q(("kind", "team"), _negated=True), ("team__isnull", True)),
                    _connector="OR",
                ),
                name="desk_team_only_of_a_team",
                violation_error_message="巡察组的受理席要有巡察组，别的不能有。",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffuser",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("may_approve", False), ("role__in", ["office", "team"]), _connector="OR"
                ),
                name="staff_approves_by_role",
                violation_error_message="只有巡察办和巡察组的人可以审批。",
            ),
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]
