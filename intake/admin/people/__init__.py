"""Accounts of the staff, and who is let into which desk."""
