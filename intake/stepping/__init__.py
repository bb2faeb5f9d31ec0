"""Long tasks in small steps, each of them whole; pure."""
