"""Who chose the own password: only then nobody else can open the member's key.

Of whoever is there already it is not known, and an own change left the key as it was; so all
choose one at their next login.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_chain_supplements_and_attachments")]

    operations = [
        migrations.AddField(
            "staffuser",
            "password_chosen_at",
            models.DateTimeField(
                editable=False,
                help_text="空着就是别人设的密码，只能用来选自己的密码。",
                null=True,
                verbose_name="本人选定密码的时间",
            ),
        ),
    ]
