"""Kinds and rules that a notice can name, with the words of the staff's pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """Kinds of body, as in the contract's JSON."""

    ENTERPRISE = "enterprise", _("企业")
    TOWN = "town", _("乡镇（街道）")
    DEPARTMENT = "department", _("部门")
    VILLAGE = "village", _("村（社区）")
    INSTITUTION = "institution", _("事业单位")
    COUNTY = "county", _("县（市、区）")
    OTHER = "other", _("其他")


class ContactKind(models.TextChoices):
    """Ways to reach the inspectors, as in the contract's JSON."""

    PHONE = "phone", _("电话")
    SMS = "sms", _("短信")
    EMAIL = "email", _("电子邮箱")
    POSTAL = "postal", _("来信")
    WECHAT = "wechat", _("微信公众号")
    RECEPTION = "reception", _("来访接待")
    WEB = "web", _("网站")
    SUPERVISION = "supervision", _("监督巡察干部")


class OutOfScope(models.TextChoices):
    """What the notice says is done with matters outside the round."""

    TRANSFER = "transfer", _("移交有关部门")
    REFUSE = "refuse", _("不予受理")
    BODY = "body", _("由被巡察单位处理")
