"""统计: what is counted of items, by which conditions, and what of it a desk is shown."""
