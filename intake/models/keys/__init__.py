"""Rows about the keys themselves: desks whose identity is being exchanged."""
