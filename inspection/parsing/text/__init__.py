"""The page as text: its lines, the notice among them, and its labelled pieces."""
