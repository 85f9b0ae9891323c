"""What the workflows have done for them: reading the log, deciding, and writing to it."""
