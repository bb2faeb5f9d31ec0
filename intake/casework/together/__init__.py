"""What items and desks have to do with one another: repeats, helpers, recusals. Audited."""
