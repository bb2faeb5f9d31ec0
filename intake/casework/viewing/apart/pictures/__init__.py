"""Pictures drawn anew; those that no safe decoder reads are decoded in a room first."""
