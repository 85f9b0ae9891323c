"""Making the tables: counted from the log, their small cells hidden, published if asked for."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from access import codes
from cli.progress import progress
from client.counting import counted
from keys import KeyKind, Keyring
from reports import (
    Archive,
    Overtaken,
    Protected,
    Sources,
    Told,
    count,
    open_archive,
    protect,
    publish,
    related,
    told_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cli.looking import Look
    from cli.report.asked import Table
    from client.counting import Documents
    from reports import Tally

_TRIES = 3


@dataclass(frozen=True, slots=True)
class How:
    """In which way the tables are made."""

    publish: bool = False
    demo: bool = False
    """Of what was made up to show the service, and of nothing else."""
    known_at: datetime | None = None
    """As it was known at a moment; now, if left out."""
    medium: str = "SCREEN"


@contextmanager
def archive_of(look: Look) -> Iterator[Archive]:
    """Open what was published. Raises the vault's `Unavailable`, and `KeyMissing`."""
    keyring = Keyring(look.settings.key_folder)
    signer, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    archive = open_archive(look.settings.database("access"), signer, verifier, create=False)
    try:
        yield archive
    finally:
        archive.close()


def made(look: Look, several: Sequence[Table], how: How) -> list[Protected]:
    """Return the tables as they may be given out, once it is written down who asked for them."""
    asked = codes(
        {
            "numbers": "+".join(dict.fromkeys(one.asked.definition.id for one in several))[:80],
            "by": "+".join(dict.fromkeys(one.asked.by for one in several)),
            "period": several[0].months,
            "published": how.publish,
            "known_at": how.known_at,
        }
    )
    return counted(
        look.reading, look.actor, asked, how.medium, lambda words: _made(look, several, how, words)
    )


def _made(look: Look, several: Sequence[Table], how: How, words: Documents) -> list[Protected]:
    if how.publish:
        with archive_of(look) as archive:
            return [_published(look, one, archive, words) for one in several]
    tally = _counted(look, [one.asked for one in several], how, words)
    tables = (protect(tally.table(one.asked, one.months)) for one in several)
    return [replace(table, demo=how.demo) for table in tables]


def _published(look: Look, one: Table, archive: Archive, words: Documents) -> Protected:
    for _ in range(_TRIES):
        near = [before.asked for before in related(one.asked, archive.all())]
        tally = _counted(look, [one.asked, *near], How(publish=True), words)
        now = datetime.now(UTC)
        try:
            return publish(one.asked, one.months, tally, archive, actor=look.actor.id, at=now)
        except Overtaken:
            continue
    raise Overtaken


def _counted(look: Look, asked: Sequence[object], how: How, words: Documents) -> Tally:
    at = how.known_at or datetime.now(UTC)
    sources = Sources(at, look.settings.limits, look.settings.competence, words)
    with progress("Counting") as moved:
        log = look.reading.log
        told: Iterator[Told] = told_of(
            log, sources, demo=how.demo, known_at=how.known_at, moved=moved
        )
        return count(told, asked)  # type: ignore[arg-type]
