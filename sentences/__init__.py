"""What people read for the codes of the record: one file for each language, checked as it loads."""

from sentences.reading import DATED, KINDS, Besides, Wrong
from sentences.saying import NotFor, Sentences, To, languages, sentences, wherever

__all__ = [
    "DATED",
    "KINDS",
    "Besides",
    "NotFor",
    "Sentences",
    "To",
    "Wrong",
    "languages",
    "sentences",
    "wherever",
]
