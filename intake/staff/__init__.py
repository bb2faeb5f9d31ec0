"""The staff: accounts, passwords, desks and who may open them, and coming in."""
