"""What it is about: rules of words, a table each. Pure."""
