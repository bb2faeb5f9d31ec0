"""Events and public keys get codes under AUDIT_KEY."""

from django.db import migrations, models

from intake.choices import Action


class Migration(migrations.Migration):
    dependencies = [("intake", "0007_seal_second_factors")]

    operations = [
        # The list of deeds grows; it is no column, so it needs no migration each time.
        migrations.AlterField(
            "auditevent",
            "action",
            models.CharField(choices=Action.choices, max_length=16, verbose_name="操作"),
        ),
        migrations.AddField(
            "auditevent",
            "covers",
            models.JSONField(blank=True, default=dict, editable=False, verbose_name="所记的行"),
        ),
        migrations.AddField(
            "auditevent",
            "code",
            models.CharField(
                blank=True, default="", editable=False, max_length=64, verbose_name="校验码"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "desk",
            "recipient_code",
            models.CharField(
                default="", editable=False, max_length=64, verbose_name="封存公钥的校验码"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "staffkey",
            "recipient_code",
            models.CharField(
                default="", editable=False, max_length=64, verbose_name="公钥的校验码"
            ),
            preserve_default=False,
        ),
    ]
