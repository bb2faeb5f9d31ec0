"""Whom it is about: posts, names, and who is named without being accused. Pure."""
