"""Registering what did not come by web: the page, the proposed desk, the label."""
