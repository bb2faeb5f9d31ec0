"""移交: lists of items for one receiver, from the draft to the feedback. Audited."""
