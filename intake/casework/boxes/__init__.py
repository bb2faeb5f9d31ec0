"""举报箱: two people open a box, and stand for what was in it and for what is missing."""
