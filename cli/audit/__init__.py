"""The verbs of `rj audit`: one file each, and their table in `group.py`."""
