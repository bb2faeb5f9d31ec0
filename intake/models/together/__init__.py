"""Rows of what items and desks have to do with one another: helpers, repeats, recusals."""
