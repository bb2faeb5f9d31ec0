"""The pages on which papers are asked for, and checked."""
