"""Pages of what items and desks have to do with one another: repeats, helpers, recusals."""
