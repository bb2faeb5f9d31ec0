"""The end of a round: what stands in the way, the archive, holds, and lists of what is kept."""
