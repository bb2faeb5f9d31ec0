"""One table with the plaintext."""

from django.db import models

from intake.report.report_limits import LONGEST


class PlainReport(models.Model):
    """A report as typed."""

    target = models.CharField(max_length=100, blank=True)
    place = models.CharField(max_length=200, blank=True)
    about_inspectors = models.BooleanField(default=False)
    category = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    happened = models.CharField(max_length=200, blank=True)
    narrative = models.TextField(max_length=LONGEST["narrative"])
    identity = models.CharField(max_length=10)
    reporter_name = models.CharField(max_length=50, blank=True)
    reporter_phone = models.CharField(max_length=30, blank=True)
    withhold_identity = models.BooleanField(default=False)
    agree_privacy = models.BooleanField(default=False)
    agree_sensitive = models.BooleanField(default=False)
    code = models.CharField(max_length=32, unique=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "plain_intake"

    def __str__(self) -> str:
        return self.code
