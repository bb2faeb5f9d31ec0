"""Rows of finding items again: searches that run."""
