"""Documents as pictures of their pages; no word of theirs is given out as text."""
