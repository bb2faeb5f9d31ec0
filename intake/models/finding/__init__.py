"""Rows of finding items again: what a clerk saved, and searches that run."""
