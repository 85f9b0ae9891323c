"""What may be asked, and the events it becomes: one file per part of the practice."""
