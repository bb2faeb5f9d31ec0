"""From the bytes of a form to its words and files, in memory and within bounds."""
