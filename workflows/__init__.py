"""The queue and the clock of every stream: one long-running Temporal workflow each."""
