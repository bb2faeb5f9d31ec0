"""What does not fit in a notice, as findings."""
