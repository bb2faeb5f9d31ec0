"""密封件: what goes to the level above, unread."""
