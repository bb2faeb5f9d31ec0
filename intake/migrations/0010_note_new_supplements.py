"""Supplements remember their first opening; of those that are there, the log of openings tells it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


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
                choices=[
                    ("login", "登录"),
                    ("login_failed", "登录失败"),
                    ("login_locked", "账号锁定"),
                    ("logout", "退出"),
                    ("enrol", "绑定验证器"),
                    ("change_password", "修改密码"),
                    ("create_staff", "建立账号"),
                    ("open_desks", "设立受理席"),
                    ("grant", "授权受理席"),
                    ("revoke", "收回授权"),
                    ("load_notice", "载入公告"),
                    ("correct", "更正"),
                    ("open", "启封"),
                    ("view_evidence", "查看材料副本"),
                    ("take_original", "取材料原件"),
                    ("register", "登记"),
                    ("reroute", "改派"),
                    ("checkpoint", "来件入链"),
                    ("close_chain", "封住以前的留痕"),
                    ("set_scope", "核对受理范围"),
                ],
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
