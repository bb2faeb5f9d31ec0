"""A published notice: pasted, read, looked at, settled and loaded."""
