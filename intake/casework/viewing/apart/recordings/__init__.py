"""Sound and film: decoded in one room to bare samples and frames, made into a file in another."""
