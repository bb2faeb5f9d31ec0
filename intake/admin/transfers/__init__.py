"""移交: the pages of receivers, of lists, and of what stands on them."""
