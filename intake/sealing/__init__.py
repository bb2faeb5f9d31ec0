"""Seals, what opens them, and what is kept under them. Only these rooms know age."""
