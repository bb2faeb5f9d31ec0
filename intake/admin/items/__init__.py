"""信访件: the list of the own desks, an item opened, and its files."""
