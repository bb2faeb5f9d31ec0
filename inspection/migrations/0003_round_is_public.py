"""A round can be loaded hidden, for staff to preview before it is public."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspection", "0002_workdays_2025")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="is_public",
            field=models.BooleanField(
                default=True,
                help_text="不勾选时只有工作人员能预览，网站上看不到，也不受理。",
                verbose_name="对外公开",
            ),
        ),
    ]
