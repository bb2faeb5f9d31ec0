"""信访台账: what of the list is given out, and how far that is."""
