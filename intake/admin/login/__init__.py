"""Coming into the staff's pages and going again: login, the first login, passwords."""
