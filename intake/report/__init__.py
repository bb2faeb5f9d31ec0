"""What is sent and written, as values: no database, no settings, no Django."""
