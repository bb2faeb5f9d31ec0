"""What a citizen sent, read, guarded against floods, and kept from getting lost."""
