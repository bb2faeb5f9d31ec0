"""信访台账: which columns it has, what is read and opened for a row, and giving it out."""
