"""Closed lists of transfers: who receives, what a list is, and where it stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReceiverKind(TextChoices):
    """What a receiver is; each takes the natures that the office gives it."""

    DISCIPLINE = "discipline", _("纪检监察机关")
    ORGANISATION = "organisation", _("组织部门")
    POLITICS_LAW = "politics_law", _("政法部门")
    PETITIONS = "petitions", _("信访局")
    DEPARTMENT = "department", _("主管部门")
    INSPECTED = "inspected", _("被巡察单位")
    SUPERIOR = "superior", _("上级机关")


class ListKind(TextChoices):
    """What leaves: a list of items, or a notice to set something right at once."""

    TRANSFER = "transfer", _("移交清单")
    FIX = "fix", _("立行立改通知书")


class ListState(TextChoices):
    """Where a list stands; the deeds between them are a table."""

    DRAFT = "draft", _("起草中")
    PROPOSED = "proposed", _("待审批")
    APPROVED = "approved", _("已批准待送出")
    SENT = "sent", _("已送出待签收")
    SIGNED = "signed", _("已签收")
    OBJECTED = "objected", _("有异议")
    RETURNED = "returned", _("已退回")
    ANSWERED = "answered", _("已反馈")
    DROPPED = "dropped", _("不移交了")
