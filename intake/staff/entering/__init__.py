"""Coming in: guesses that are counted, the second factor, signing in, and how long it lasts."""
