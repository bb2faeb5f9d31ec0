"""Copies of evidence: made on a press, shown and played on one page, taken out beside it."""
