"""Items of the head's desk take their numbers from a series of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0019_what_clerks_are_writing"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="submission",
            name="submission_number_once_a_round",
        ),
        migrations.AddField(
            model_name="submission",
            name="number_series",
            field=models.CharField(
                choices=[("main", "统一编号"), ("head", "主任席编号")],
                default="main",
                max_length=4,
                verbose_name="编号系列",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("round", "number", "number_series"),
                name="submission_number_once_a_round",
                violation_error_message="这一轮已经有这个编号。",
            ),
        ),
    ]
