"""The round in words, as pages show it at a moment."""
