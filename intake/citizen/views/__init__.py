"""The addresses of the citizen's pages."""
