"""Closed lists of the ledger: its two editions, its five working views, what became of a run."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Edition(TextChoices):
    """Whether the reporter stands in it; the contract's form values."""

    DEFAULT = "default", _("隐去反映人版")
    COMPLETE = "complete", _("全要素版")


class WorkingLedger(TextChoices):
    """五类工作台账; which items each holds says `casework.ledger.working_ledgers`."""

    ACCEPTED = "accepted", _("受理台账")
    ASSIGNED = "assigned", _("分流办理台账")
    FOLLOWED = "followed", _("跟踪督办台账")
    FINISHED = "finished", _("办结反馈台账")
    RISKS = "risks", _("隐患排查台账")


class LedgerForm(TextChoices):
    """As what it leaves the site."""

    TABLE = "table", _("表格")
    PRINT = "print", _("打印")


class RunState(TextChoices):
    """How far an export has come."""

    RUNNING = "running", _("正在导出")
    DONE = "done", _("已导出")
    STOPPED = "stopped", _("按要求停下")
    LOST = "lost", _("没有导出完")
