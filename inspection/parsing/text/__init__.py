"""The page as text: its lines, the notice among them, and the labelled pieces that it is made of."""
