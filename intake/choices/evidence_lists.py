"""Closed lists of copies to look at: what a copy is of, and how far its making is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CopySort(TextChoices):
    """What is made of a file so that it can be looked at; the last is words about it."""

    PICTURE = "picture", _("图片")
    PAGE = "page", _("页面")
    SOUND = "sound", _("录音")
    FILM = "film", _("录像")
    STILLS = "stills", _("截图")
    TOLD = "told", _("说明")


class CopyState(TextChoices):
    """How far the making of a file's copies is."""

    MAKING = "making", _("正在做副本")
    MADE = "made", _("副本做好了")
    FAILED = "failed", _("副本没有做成")
