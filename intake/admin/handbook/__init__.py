"""The handbook in the staff's site: how each task is done, page by page."""
