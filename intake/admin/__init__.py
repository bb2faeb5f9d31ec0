"""The staff's pages, in the Django admin."""
