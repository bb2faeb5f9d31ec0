"""The citizen's pages as they are made: form, receipt, and what gives back everything typed."""
