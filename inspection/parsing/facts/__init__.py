"""What a notice says: each fact read from its pieces, and all of them together."""
