"""Paper that somebody scanned: which kinds of file it may be, told by what is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vault.problems import Unfit

if TYPE_CHECKING:
    from typing import BinaryIO

SCAN_LIMIT = 20 * 1024 * 1024
"""Bytes of one scan at most: some forty pages in colour."""
BEGINNINGS = {"PDF": b"%PDF-", "JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n"}
"""What a file of each kind begins with: ISO 32000-1, 7.5.2; ISO/IEC 10918-1, B.1.1.3 (start of
image, and the marker that has to follow); ISO/IEC 15948, 5.2."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned file on its way into the vault; it never says what is in it."""

    content: bytes = field(repr=False)

    @classmethod
    def taken_from(cls, source: BinaryIO) -> Scan:
        """Return what is read from here. Raises `Unfit`, and `OSError` of the source."""
        content = source.read(SCAN_LIMIT + 1)
        if not content:
            raise Unfit("there is nothing in the file")
        if len(content) > SCAN_LIMIT:
            raise Unfit(f"the file is too large: {SCAN_LIMIT // 1024 // 1024} MiB are the most")
        if not content.startswith(tuple(BEGINNINGS.values())):
            raise Unfit(f"the file is none of {', '.join(BEGINNINGS)}, whatever it is called")
        return cls(content)
