"""体检: whether an installation can do what it promises, and what to do where it cannot."""
