"""Bringing along the live cases that a service starts with: read, checked as a whole, entered."""
