"""Opened values in, bytes out: the office's papers. No HTTP, no keys, no file on a disk."""
