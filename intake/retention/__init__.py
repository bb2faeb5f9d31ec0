"""What leaves the site again, and what must not stay behind."""
