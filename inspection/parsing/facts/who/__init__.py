"""Who inspects whom: teams, and lists of bodies, in blocks and in sentences."""
