"""Files that are coming in: encrypted at once, and gone with their request."""
