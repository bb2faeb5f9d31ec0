"""What the events tell of how people work: who read what, and what is out of the ordinary."""
