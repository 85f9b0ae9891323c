"""The numbers, one file for each family: its populations and its definitions."""
