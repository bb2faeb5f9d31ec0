"""The field's closed lists."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member of staff is; nobody is two things."""

    OFFICE = "office", _("巡察办")
    TEAM = "team", _("巡察组")
    AUDITOR = "auditor", _("审计员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class Source(TextChoices):
    """来源方式: how a report came in."""

    WEB = "web", _("网络")
    LETTER = "letter", _("来信")
    PHONE = "phone", _("来电")
    SMS = "sms", _("短信")
    VISIT = "visit", _("来访")
    BOX = "box", _("举报箱")
    EMAIL = "email", _("电子邮件")
    WECHAT = "wechat", _("微信")
    SUPERIOR = "superior", _("上级转办")
    OTHER_BODY = "other_body", _("部门转来")
    INTERVIEW = "interview", _("谈话中反映")


class Category(TextChoices):
    """The citizen's plain choices of what it is about."""

    BRIBES = "bribes", _("收钱收礼、公款吃喝")
    VILLAGE_MONEY = "village_money", _("村集体的钱和账")
    BENEFITS = "benefits", _("低保、补贴、救助不公平")
    LAND = "land", _("土地、工程、招投标")
    POSTS = "posts", _("用人、入党、选举")
    SERVICE = "service", _("办事刁难、不管不问")
    BULLYING = "bullying", _("欺压群众、黑恶势力")
    POLICY = "policy", _("上级政策没落实、做样子")
    STATE_FIRMS = "state_firms", _("国企经营和资产")
    OLD_FINDINGS = "old_findings", _("上次巡察指出的问题没改")
    UNSURE = "unsure", _("说不清、其他")


class Identity(TextChoices):
    """Whether the reporter gave a name; the contract's form values."""

    ANONYMOUS = "anonymous", _("匿名")
    NAMED = "named", _("实名")


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


class Status(TextChoices):
    """状态: where an item stands in the day's work."""

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


class Purpose(TextChoices):
    """What the original of a file is taken out for.

    A closed list: own words would stand in the audit, which the auditor reads, and would soon tell
    what a report is about.
    """

    CHECKING = "checking", _("核对细节")
    FILING = "filing", _("复制归档")
    TRANSFER = "transfer", _("移交承办")
    APPRAISAL = "appraisal", _("送去鉴定真伪")
    SUPERIOR = "superior", _("上级或者巡察办调阅")
    OTHER = "other", _("其他原因")


class Action(TextChoices):
    """What an audit event can record; the rest of each stands in `intake/audit/event_table.py`."""

    LOGIN = "login", _("登录")
    LOGIN_FAILED = "login_failed", _("登录失败")
    LOGIN_LOCKED = "login_locked", _("账号锁定")
    LOGOUT = "logout", _("退出")
    ENROL = "enrol", _("绑定验证器")
    CHANGE_PASSWORD = "change_password", _("修改密码")
    CREATE_STAFF = "create_staff", _("建立账号")
    OPEN_DESKS = "open_desks", _("设立受理席")
    GRANT = "grant", _("授权受理席")
    REVOKE = "revoke", _("收回授权")
    LOAD_NOTICE = "load_notice", _("载入公告")
    CORRECT = "correct", _("更正")
    OPEN = "open", _("启封")
    VIEW_EVIDENCE = "view_evidence", _("查看材料副本")
    TAKE_ORIGINAL = "take_original", _("取材料原件")
    REGISTER = "register", _("登记")
    REROUTE = "reroute", _("改派")
    CHECKPOINT = "checkpoint", _("来件入链")
    CLOSE_CHAIN = "close_chain", _("封住以前的留痕")
    SET_SCOPE = "set_scope", _("核对受理范围")


def action_choices() -> list[tuple[str, Any]]:
    """Code and label of each action.

    The migrations name this function and not the actions, so that a further one needs none.
    """
    return list(Action.choices)
