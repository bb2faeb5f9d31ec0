"""Sealed evidence as it lies in the database."""
