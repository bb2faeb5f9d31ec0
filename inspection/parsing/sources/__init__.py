"""Where in a published text each field of its notice stands, and how sure it is. Pure."""
