"""What clerks write: the case file, the reporter behind a question, and what is not saved yet."""
