"""What items and desks have to do with one another: repeats, recusals. Audited."""
