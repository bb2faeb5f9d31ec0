"""What clerks do with what came in. Opened values exist only in memory. Audited."""
