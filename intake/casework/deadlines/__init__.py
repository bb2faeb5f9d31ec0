"""办理期限: what is due when, and why: counted from events, never stored as a number."""
