"""Files of an item for the clerk: opened in memory, copies of pictures drawn anew."""
