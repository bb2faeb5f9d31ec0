"""The wording of the genre: one table for each kind of words."""
