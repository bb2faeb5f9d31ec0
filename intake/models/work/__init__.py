"""Rows of the clerk's day: openings, sealed matters, and what else is worked on beside items."""
