"""Closed lists of a round's end: for how long something is kept, and why it is not."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RetentionPeriod(TextChoices):
    """保管期限, by the code that stands in a 档号."""

    PERMANENT = "Y", _("永久")
    THIRTY = "D30", _("30年")
    TEN = "D10", _("10年")


class RecoveryCopy(TextChoices):
    """Which of the two holders' copies of the recovery file."""

    FIRST = "first", _("第一份")
    SECOND = "second", _("第二份")


class NotKeptReason(TextChoices):
    """Why an item is not archived."""

    NO_ACTION = "no_action", _("不需要办理，没有保存价值")
    EMPTY = "empty", _("没有实质内容")
    DUPLICATE = "duplicate", _("和已归档的重复")
    UNREADABLE = "unreadable", _("内容损坏，打不开")
    OTHER = "other", _("其他（请写明）")
