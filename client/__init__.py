"""The one door for people and systems: commands in, readings out, recovery from the log."""

from client.answer import Answer, Queued
from client.door import Door
from client.failures import Denied, Nonsense, Refused, Unavailable, Unforeseen

__all__ = [
    "Answer",
    "Denied",
    "Door",
    "Nonsense",
    "Queued",
    "Refused",
    "Unavailable",
    "Unforeseen",
]
