"""Rows of a round's end: its archive, holds that stop it, and what was destroyed."""
