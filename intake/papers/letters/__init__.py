"""One module a paper: what stands on it, in the order in which offices read it."""
