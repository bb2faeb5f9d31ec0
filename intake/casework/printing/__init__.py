"""Papers of items, lists, openings and rounds: opened in memory, audited, given as bytes."""
