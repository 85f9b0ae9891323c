"""The one door for people and systems: commands in, readings out, recovery from the log."""

from client.answer import Answer, Queued
from client.door import Door
from client.failures import Denied, Nonsense, ReasonAsked, Refused, Unavailable, Unforeseen
from client.matching import Found, Matching
from client.reading import Reading, What, Why
from client.recovery import Recovered

__all__ = [
    "Answer",
    "Denied",
    "Door",
    "Found",
    "Matching",
    "Nonsense",
    "Queued",
    "Reading",
    "ReasonAsked",
    "Recovered",
    "Refused",
    "Unavailable",
    "Unforeseen",
    "What",
    "Why",
]
