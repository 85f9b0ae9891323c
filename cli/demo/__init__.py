"""Demonstration data: invented practitioners and cases, one for each path, entered as commands."""
