"""The staff's own admin site."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StaffSite(AdminSite):
    """Django's admin for the staff of an inspection office: in with a second factor only."""

    site_title = _("巡察信访")
    site_header = _("巡察信访办理")
    index_title = _("办理")

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff whose session proved the second factor."""
        user = request.user
        return user.is_active and user.is_staff and user.is_verified()  # type: ignore[attr-defined]
