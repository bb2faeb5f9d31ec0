"""While clerks write: what is not saved yet, and who else has the same item open."""
