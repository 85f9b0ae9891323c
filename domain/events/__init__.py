"""What happened and what it means: one file per part of the practice."""
