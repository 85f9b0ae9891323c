"""Whether a stretch of a stream is as it was recorded: places, links, appends, seals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import Altered, UnknownSeal
from store.mapper import Head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.mapper import Row
    from store.seal import Seals


def check(stream: str, rows: Sequence[Row], after: Head, seals: Seals) -> None:
    """Check that the rows follow on from `after`, whole appends each, the newest seal good.

    The newest seal covers what stands before it through the chain. Raises `Altered` at the first
    version that is not as it was recorded, `UnknownSeal` if the newest seal cannot be checked.
    """
    version, previous = after.version, after.hash
    before: Row | None = None
    for row in rows:
        version += 1
        if row.version != version:
            raise Altered(stream, version, f"is missing: version {row.version} comes next")
        if row.envelope.previous != previous:
            raise Altered(stream, version, "does not link to the event before it")
        _check_part(stream, row, before)
        previous, before = row.hash, row
    if before is not None:
        if not before.last_of_append:
            envelope = before.envelope
            raise Altered(
                stream,
                version,
                f"is part {envelope.part} of {envelope.parts} and the rest of them is missing",
            )
        check_seal(before, seals)


def check_seal(row: Row, seals: Seals) -> None:
    """Check the seal on the last event of an append. Raises `Altered` or `UnknownSeal`."""
    seal = row.seal
    if seal is None:
        raise Altered(row.stream, row.version, "ends its append without a seal")
    if not seals.knows(seal):
        raise UnknownSeal(row.stream, row.version, seal.key)
    if not seals.good(seal):
        raise Altered(row.stream, row.version, "has a seal that does not fit it")


def _check_part(stream: str, row: Row, before: Row | None) -> None:
    now = row.envelope
    if before is None or before.last_of_append:
        if now.part != 1:
            raise Altered(stream, row.version, f"is part {now.part} and the first is missing")
        return
    then = before.envelope
    if (now.command, now.digest, now.parts, now.part) != (
        then.command,
        then.digest,
        then.parts,
        then.part + 1,
    ):
        raise Altered(stream, row.version, "does not carry on the append that it stands in")
