"""By which way reports come in: numbers, addresses, rooms, boxes, and their hours."""
