"""Secrets of second factors are sealed, recovery codes kept as keyed digests.

The key is SECOND_FACTOR_KEY. Backwards the secrets stand in clear again; of recovery codes nothing
more is known, so they are gone.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from intake.sealing.second_factor_seal import kept_code, opened, sealed


def seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    key = settings.SECOND_FACTOR_KEY
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        device.key = sealed(bytes.fromhex(device.key), owner=device.user_id, key=key)
        device.save(update_fields=["key"])
    tokens = apps.get_model("otp_static", "StaticToken").objects
    for token in tokens.select_related("device"):
        token.token = kept_code(token.token, owner=token.device.user_id, key=key)
        token.save(update_fields=["token"])


def open_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    key = settings.SECOND_FACTOR_KEY
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        device.key = opened(device.key, owner=device.user_id, key=key).hex()
        device.save(update_fields=["key"])
    apps.get_model("otp_static", "StaticToken").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_who_set_the_password"),
        ("otp_totp", "0003_add_timestamps"),
        ("otp_static", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authenticator",
            fields=[],
            options={
                "verbose_name": "验证器",
                "verbose_name_plural": "验证器",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("otp_totp.totpdevice",),
        ),
        migrations.RunPython(seal, open_again, elidable=True),
    ]
