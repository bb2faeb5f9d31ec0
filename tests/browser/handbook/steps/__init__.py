"""What each page of the handbook tells to do, by chapters."""
