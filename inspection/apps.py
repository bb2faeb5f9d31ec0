"""The notice's app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionConfig(AppConfig):
    """What was published: rounds, teams, bodies, contacts, boxes."""

    name = "inspection"
    verbose_name = _("公告")

    def ready(self) -> None:
        """Has every change of an announced fact renew the edition."""
        from inspection.models import follow

        follow(*(model for model in self.get_models() if model.__name__ != "Edition"))
