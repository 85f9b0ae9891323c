"""What staff read for a code, and what one participant may hear for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sentences.reading import ENGLISH, KINDS, Wrong, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sentences.reading import File, Line

FOLDER = Path(__file__).parent


class To(StrEnum):
    """Who hears it."""

    VICTIM = "victim"
    OFFENDER = "offender"
    ANYBODY = "anybody"
    """Somebody who is there besides the pair."""


class NotFor(Exception):
    """This is nothing that this participant hears."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one language."""

    file: File

    def staff(self, code: str) -> str:
        """Return the words that staff read for a code. Raises `KeyError` for what is none."""
        return self.file.staff[code]

    def stage(self, code: str) -> str:
        """Return the words that staff read for the stage of a case."""
        return self.file.stage[code]

    def said(
        self,
        code: StrEnum,
        to: To,
        *,
        contact: str,
        easy: bool = False,
        me: str | None = None,
        day: str | None = None,
    ) -> str:
        """Return what this participant may hear for a code; `day` is the day of what it is about.

        Raises `NotFor` if it is only for staff or for the other side, or if it names a day and none
        was given.
        """
        line = self._line(type(code).__name__, code.value)
        if line.only and line.only != to:
            if line.instead is None:
                raise NotFor(f"{code.value} is said to a {line.only} only")
            line = self._line(*line.instead.split("."))
        text = (line.easy if easy else line.text) or ""
        address = self.file.address
        known = {"me": me or address.me, "other": address.other, "contact": contact}
        dates = dict.fromkeys(("meeting", "hearing", "call"), day)
        if day is None and any(f"{{{name}}}" in text for name in dates):
            raise NotFor(f"{code.value} names a day, and there is none")
        filled = text.format(**known, **dates)
        return filled[:1].upper() + filled[1:] if filled.endswith((".", "”")) else filled

    def _line(self, kind: str, code: str) -> Line:
        line = self.file.participant.get(kind, {}).get(code)
        if line is None:
            raise NotFor(f"{code} is for staff only")
        return self._line(*line.same_as.split(".")) if line.same_as else line


@cache
def sentences(language: str = ENGLISH) -> Sentences:
    """Return the sentences of a language. Raises `Wrong` if there are none, or the file is
    wrong."""
    if language not in languages():
        raise Wrong(f"there are no sentences in that language; there are in {languages()}")
    return Sentences(read(FOLDER / f"{language}.toml"))


def languages() -> tuple[str, ...]:
    """Return the languages that there are sentences in."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def spoken(said: str) -> str | None:
    """Return the language that somebody says they speak, by its code or by what it is called; None
    if there are no sentences in it."""
    meant = said.strip().casefold()
    for language in languages():
        names = (language, *sentences(language).file.called)
        if meant in (name.casefold() for name in names):
            return language
    return None


def wherever(code: str) -> Iterator[StrEnum]:
    """Yield each code of this name, of whatever kind."""
    for kind in KINDS.values():
        yield from (one for one in kind if one.value == code)
