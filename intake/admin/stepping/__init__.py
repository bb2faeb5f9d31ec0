"""The page on which a long task goes on, slice by slice."""
