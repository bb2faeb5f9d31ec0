"""Closed lists of how an item came in, as the citizen or the clerk says it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# 集体访: from so many people on.
COLLECTIVE = 5


class Way(TextChoices):
    """信访方式: how an item came in; from whom is another fact, its origin."""

    WEB = "web", _("网络")
    LETTER = "letter", _("来信")
    PHONE = "phone", _("来电")
    SMS = "sms", _("短信")
    VISIT = "visit", _("来访")
    FAX = "fax", _("传真")
    BOX = "box", _("举报箱")
    EMAIL = "email", _("电子邮件")
    WECHAT = "wechat", _("微信")
    INTERVIEW = "interview", _("谈话中反映")
    OTHER = "other", _("其他")


class Origin(TextChoices):
    """信访来源: from whom; a letter that a superior passes down is a letter all the same."""

    OWN = "own", _("本级自收")
    SUPERIOR = "superior", _("上级转办")
    OTHER_BODY = "other_body", _("部门转来")
    BEFORE_ROUND = "before_round", _("进驻前移送")


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


class CorrectionReason(TextChoices):
    """Why what was registered is corrected; a closed list, because the audit says it."""

    MISTAKEN = "mistaken", _("登记时看错、写错")
    TOLD = "told", _("来件的人或者部门更正")
    CHECKED = "checked", _("核对以后发现")
    OTHER = "other", _("其他原因（请在下面写明）")
