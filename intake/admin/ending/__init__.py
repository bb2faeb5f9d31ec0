"""The pages of a round's end: what stands in the way, its archive, holds, and its destruction."""
