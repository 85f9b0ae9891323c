"""Exports of what happened, for other people's tools: pseudonyms and coded facts, never words.

One file a format, in `formats/`. What gets into any of them is decided in one place, `telling`.
"""

from exports.formats import FORMATS, Format, Head
from exports.names import BadKey, Names, Pseudonyms, References, key_in, new_key_in
from exports.purposes import PURPOSES, Purpose
from exports.telling import Terms, courses
from exports.writing import export

__all__ = [
    "FORMATS",
    "PURPOSES",
    "BadKey",
    "Format",
    "Head",
    "Names",
    "Pseudonyms",
    "Purpose",
    "References",
    "Terms",
    "courses",
    "export",
    "key_in",
    "new_key_in",
]
