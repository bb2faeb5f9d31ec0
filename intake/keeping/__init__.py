"""Sealed files as rows of parts: whole in the database, or not there at all."""
