"""What clerks note of what did not come by web."""
