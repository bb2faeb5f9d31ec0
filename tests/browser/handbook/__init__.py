"""Each task of the handbook, done as its page says: by the tests, and before a camera."""
