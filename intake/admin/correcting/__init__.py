"""Correcting what was registered: the registering page once more, filled in from the item."""
