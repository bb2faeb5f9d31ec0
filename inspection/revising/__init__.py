"""What a person decides about a notice that was read: corrections, as values of their own. Pure."""
