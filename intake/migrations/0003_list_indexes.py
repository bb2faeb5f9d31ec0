"""Indexes for the staff's lists, counts and histories."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_evidence_actions")]

    operations = [
        migrations.RemoveIndex(model_name="submission", name="submission_desk_received"),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["desk", "-received_at", "-id"], name="submission_desk_received"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["desk", "status", "scope", "received_at"], name="submission_desk_status"
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["object_id", "object_type"], name="audit_event_object"),
        ),
    ]
