"""The start page and what stands around every page: the bar, the side list, the counts."""
