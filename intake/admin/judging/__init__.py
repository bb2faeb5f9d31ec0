"""办理: judging an item, moving it, and moving several at once."""
