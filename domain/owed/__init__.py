"""What is waited for, found in a case: one function a row of the table in `domain/waits.py`."""
