"""Registering what came by web: the same page, filled in from what its words propose."""
