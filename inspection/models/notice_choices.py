"""Kinds and rules that a notice can name, with the words of the staff's pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspection.body_kinds import BodyKind
from inspection.contact_kinds import ContactKind


def contact_kinds() -> list[tuple[str, str]]:
    """The choices of a contact's kind. A function, so that a new kind needs no migration."""
    return [(kind.value, kind.facts.word) for kind in ContactKind]


def body_kinds() -> list[tuple[str, str]]:
    """The choices of a body's kind, likewise."""
    return [(kind.value, kind.facts.word) for kind in BodyKind]


class OutOfScope(models.TextChoices):
    """What the notice says is done with matters outside the round."""

    TRANSFER = "transfer", _("移交有关部门")
    REFUSE = "refuse", _("不予受理")
    BODY = "body", _("由被巡察单位处理")
