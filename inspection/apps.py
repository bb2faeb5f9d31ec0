"""The notice's app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionConfig(AppConfig):
    """What was published: rounds, teams, bodies, contacts, boxes."""

    name = "inspection"
    verbose_name = _("公告")
