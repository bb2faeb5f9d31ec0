"""The lines of a notice as pieces: each under its label, team and heading."""
