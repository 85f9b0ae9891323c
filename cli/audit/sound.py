"""Whether the access log is as it was written, for `rj doctor`: how much, and not of whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from access.guard import wrong_with_tables
from access.keeping import verify
from access.review import due
from client.stores import access_of
from keys import Keyring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from access import Access
    from settings import Settings


def sound(settings: Settings) -> tuple[list[str], str]:
    """Return what is wrong with the access log, in sentences, and what is well with it.

    Raises what the log raises, `Altered` among it.
    """
    access = access_of(settings, Keyring(settings.key_folder))
    now = datetime.now(UTC)
    try:
        found = verify(access.log, now - timedelta(days=settings.access_days))
        wrong = [*_wrong(access), *_unguarded(access)]
        by_when = due(access.log, timedelta(days=settings.access_review_days))
    finally:
        access.close()
    if by_when is not None and by_when < now:
        wrong.append(
            "the access log was to be reviewed by now: the data-protection officer does it with "
            "`rj audit review`"
        )
    gone = f", {found.gone} gone after their time" if found.gone else ""
    return wrong, f"{found.entries} looks as they were written; {found.sealed} months sealed{gone}"


def _unguarded(access: Access) -> Iterator[str]:
    if found := wrong_with_tables(access.log.database):
        yield (
            f"the access log can be changed: {'; '.join(found)}. Find out who did that; "
            "`python -m migrate` makes them again"
        )


def _wrong(access: Access) -> Iterator[str]:
    if aside := access.spool.set_aside():
        named = ", ".join(path.name for path in aside)
        yield f"a spool of the access log was altered and set aside: {named} beside it"
    if access.spool.holds_any():
        yield (
            f"looks wait in the spool ({access.spool.path}) to be merged into the access log: a "
            "worker does it within a minute once the log can be written"
        )
