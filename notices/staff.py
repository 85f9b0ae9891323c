"""Where staff are reached: a file of work addresses, which whoever runs the service keeps.

A line is a practitioner's reference and an address. It is read anew for each round of sending, so
that somebody who left is out of it at once, and nowhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.ids import PRACTITIONER_PREFIX, is_reference

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,250}")
_LARGEST = 1024 * 1024


class NoAddresses(Exception):
    """The file cannot be read, or a line of it is none; the text says which, and quotes nothing."""


class Addresses:
    """The file of addresses. `None` where notices are written to a folder and none is needed."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def read(self) -> dict[str, str]:
        """Return the addresses by reference. Raises `NoAddresses`."""
        if self._path is None:
            return {}
        try:
            with self._path.open("rb") as file:
                held = file.read(_LARGEST + 1)
        except OSError as error:
            raise NoAddresses(f"it cannot be read: {error.strerror}") from None
        if len(held) > _LARGEST:
            raise NoAddresses(f"it is longer than {_LARGEST} bytes")
        try:
            text = held.decode()
        except UnicodeDecodeError:
            raise NoAddresses("it is not text in UTF-8") from None
        lines = enumerate(text.splitlines(), 1)
        return dict(_pair(n, line) for n, line in lines if line.strip() and line[0] != "#")


def _pair(number: int, line: str) -> tuple[str, str]:
    who, _, address = line.strip().partition(" ")
    address = address.strip()
    if not (is_reference(who) and who.startswith(PRACTITIONER_PREFIX)):
        raise NoAddresses(f"line {number} does not begin with a practitioner's reference")
    if not _ADDRESS.fullmatch(address):
        raise NoAddresses(f"line {number} has no address of plain letters after the reference")
    return who, address
