"""Correcting what was registered of an item: how it came in, and about which body it is."""
