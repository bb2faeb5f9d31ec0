"""Large files on their way in."""
