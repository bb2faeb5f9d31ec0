"""The staff's own admin site."""

from django.contrib.admin import AdminSite


class StaffSite(AdminSite):
    """Django's admin for the staff of an inspection office."""
