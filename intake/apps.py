"""The intake's app, and the admin with the staff's own site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """Reports: from the citizen's form to the clerk's desk."""

    name = "intake"
    verbose_name = _("办理")

    def ready(self) -> None:
        """Has processes that remember the desks of a round read them anew after a change."""
        from inspection.models import follow
        from intake.keeping.older_files import warn_of_files_left

        follow(self.get_model("Desk"))
        checks.register(warn_of_files_left)


class StaffAdminConfig(AdminConfig):
    """Django's admin, with the staff's own site as its default."""

    default_site = "intake.admin.site.StaffSite"
