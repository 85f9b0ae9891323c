"""What people read for the codes of the record: one file for each language, checked as it loads."""

from sentences.reading import DATED, ENGLISH, KINDS, Besides, Wrong
from sentences.saying import NotFor, Sentences, To, languages, sentences, spoken, wherever

__all__ = [
    "DATED",
    "ENGLISH",
    "KINDS",
    "Besides",
    "NotFor",
    "Sentences",
    "To",
    "Wrong",
    "languages",
    "sentences",
    "spoken",
    "wherever",
]
