"""Searching inside of sealed items, for those who may open them."""
