"""Writing XML element by element, so that nothing of it has to be kept in memory."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


class Markup:
    """Writes elements to a file, in UTF-8, one a line. Attributes and text are escaped."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def empty(self, name: str, /, **attributes: str) -> None:
        """Write an element with nothing in it. `_` in an attribute's name stands for `-`."""
        self._file.write(f"<{name}{_written(attributes)}/>\n".encode())

    def text(self, name: str, text: str, /, **attributes: str) -> None:
        """Write an element with text in it."""
        self._file.write(f"<{name}{_written(attributes)}>{escape(text)}</{name}>\n".encode())

    @contextmanager
    def within(self, name: str, /, **attributes: str) -> Iterator[None]:
        """Write an element round whatever is written meanwhile."""
        self._file.write(f"<{name}{_written(attributes)}>\n".encode())
        yield
        self._file.write(f"</{name}>\n".encode())


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f" {k.replace('_', '-')}={quoteattr(v)}" for k, v in attributes.items())
