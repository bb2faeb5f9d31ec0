"""What a clerk looks for in the list, out of what was typed. Pure."""
