"""The staff's accounts: making them, their passwords, their second factor, and logging in."""
