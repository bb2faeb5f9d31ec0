"""Finding one item among many, and the way back to where it was found."""
