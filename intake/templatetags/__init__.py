"""What the staff's templates need beyond Django's own filters."""
