"""When: dates and ranges, and what each of them is about."""
