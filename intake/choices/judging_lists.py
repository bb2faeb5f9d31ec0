"""Closed lists of what an item is, as clerks judge it and statistics count it."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Signature(TextChoices):
    """署名情况 as the ledger counts it."""

    ANONYMOUS = "anonymous", _("匿名")
    NAMED_UNCHECKED = "named_unchecked", _("署名待核")
    NAMED_CHECKED = "named_checked", _("实名已核")
    FALSE_NAME = "false_name", _("冒名")


class Scope(TextChoices):
    """受理范围."""

    IN = "in", _("范围内")
    OUT = "out", _("范围外")
    UNCHECKED = "unchecked", _("待核")


class Nature(TextChoices):
    """信访件性质."""

    ACCUSATION = "accusation", _("检举控告")
    APPEAL = "appeal", _("申诉")
    SUGGESTION = "suggestion", _("批评建议")
    OUT_OF_SCOPE = "out_of_scope", _("业务范围外")
    EMPTY = "empty", _("无实质内容")


# What asks for something or proposes something, so that a body may settle it itself.
SETTLED_BY_BODIES = (Nature.APPEAL, Nature.SUGGESTION, Nature.OUT_OF_SCOPE)


class Rank(TextChoices):
    """职级 of the main accused."""

    PROVINCE = "province", _("省部级")
    DEPARTMENT = "department", _("厅局级")
    COUNTY = "county", _("县处级")
    TOWN = "town", _("乡科级")
    STAFF = "staff", _("一般干部")
    STATE_FIRM = "state_firm", _("国企人员")
    INSTITUTION = "institution", _("事业单位人员")
    VILLAGE = "village", _("村(社区)干部")
    OTHER_RURAL = "other_rural", _("其他农村人员")
    OTHER = "other", _("其他")
    UNKNOWN = "unknown", _("不清楚")


class PoliticalStatus(TextChoices):
    """政治面貌 of an accused."""

    PARTY = "party", _("中共党员")
    LEAGUE = "league", _("共青团员")
    DEMOCRATIC = "democratic", _("民主党派")
    MASSES = "masses", _("群众")
    UNKNOWN = "unknown", _("不清楚")


class Topic(TextChoices):
    """The marks that inspections count beside the problem."""

    PERSONNEL = "personnel", _("选人用人")
    IDEOLOGY = "ideology", _("意识形态")
    EIGHT_RULES = "eight_rules", _("违反中央八项规定精神")


class Handling(TextChoices):
    """处理方式: what is done with an item."""

    INQUIRE = "inquire", _("了解")
    FIX = "fix", _("立行立改")
    TRANSFER = "transfer", _("移交")
    KEEP = "keep", _("留存")


class NoteKind(TextChoices):
    """What a note in the case file is: a clerk's own remark, or the words of a deed."""

    REMARK = "remark", _("备注")
    PROPOSAL = "proposal", _("拟办意见")
    APPROVAL = "approval", _("审批意见")
    RESULT = "result", _("办理结果")
    REASON = "reason", _("理由")
    HELPING = "helping", _("协办意见")
    TOLD = "told", _("告知反映人")


class ToldBy(TextChoices):
    """怎么告知的: how a named reporter learnt what became of the item."""

    PHONE = "phone", _("电话")
    FACE = "face", _("当面")
    LETTER = "letter", _("书面")
    MESSAGE = "message", _("短信")
    OTHER = "other", _("其他")


class Status(TextChoices):
    """状态: where an item stands in the day's work; the moves between them are a table."""

    UNREGISTERED = "unregistered", _("待登记")
    TO_ASSESS = "to_assess", _("待研判")
    TO_APPROVE = "to_approve", _("待审批")
    INQUIRING = "inquiring", _("了解中")
    FIXING = "fixing", _("立行立改中")
    TO_TRANSFER = "to_transfer", _("待移交")
    TRANSFERRED = "transferred", _("已移交待签收")
    ACKNOWLEDGED = "acknowledged", _("已签收")
    ANSWERED = "answered", _("已反馈")
    CLOSED = "closed", _("已办结")
    ARCHIVED = "archived", _("已归档")
    NOT_ARCHIVED = "not_archived", _("不归档")
    RETURNED = "returned", _("退回改派")
    REPEAT = "repeat", _("并入重复件")
    KEPT = "kept", _("留存备查")
    VOIDED = "voided", _("作废")


# The statuses of each way of handling; an approval leads to the first.
HANDLED_IN: dict[Handling, tuple[Status, ...]] = {
    Handling.INQUIRE: (Status.INQUIRING,),
    Handling.FIX: (Status.FIXING,),
    Handling.TRANSFER: (
        Status.TO_TRANSFER,
        Status.TRANSFERRED,
        Status.ACKNOWLEDGED,
        Status.ANSWERED,
    ),
    Handling.KEEP: (Status.KEPT,),
}
# An item in one of these is done with, and has the moment when it was closed.
CLOSED_STATUSES = (Status.CLOSED, Status.ARCHIVED, Status.NOT_ARCHIVED)
# What a list that two members signed made of a closed item.
APPRAISED_STATUSES = (Status.ARCHIVED, Status.NOT_ARCHIVED)
# Nothing more is done with an item in one of these: the round's end may come.
ENDED_STATUSES = (*APPRAISED_STATUSES, Status.VOIDED)
# In these another team can be asked to help; in those nobody helps any more.
HELPED_WITH_IN = (
    Status.TO_ASSESS,
    Status.TO_APPROVE,
    Status.INQUIRING,
    Status.FIXING,
    *HANDLED_IN[Handling.TRANSFER],
)
HELP_ENDS_IN = ENDED_STATUSES


class VoidingEnd(TextChoices):
    """What became of a request to void an item."""

    VOIDED = "voided", _("作废")
    DROPPED = "dropped", _("没有作废")


def status_choices() -> list[tuple[str, Any]]:
    """Code and word of each; migrations name this function, so that a further one needs none."""
    return list(Status.choices)
