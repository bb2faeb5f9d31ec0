"""Files that come ahead of their form, in parts, while a person is still writing."""
