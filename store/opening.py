"""Opening an event log by its URL, and making one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import Unavailable
from store.log import Log
from store.seal import Seals
from store.sqlite import open_sqlite
from trouble import Trouble

if TYPE_CHECKING:
    from keys import Signer, Verifier
    from store.log import Recorder

_FILE = "sqlite:///"
_SERVER = ("postgresql://", "postgres://")
WRITER = "rj_log_writer"
"""The role that may read and append; the service's own login is made a member of it."""
READER = "rj_log_reader"
"""The role that may only read; the notary's login is made a member of it."""


def open_log(url: str, seal: Signer | None, seals: Verifier, *, create: bool = True) -> Log:
    """Return the log at `sqlite:///path` or `postgresql://…`.

    `seal` is the key that appends are sealed with; without it the log is for reading. `seals` are
    the keys that seals are checked against. With `create` a log that is not there is made, and
    what an older release did not make of it yet; services open with `create=False` what `migrate`
    has made. Raises `Unavailable`.
    """
    return Log(_recorder(url, create=create), Seals(seal, seals))


def migrate(url: str, writer: str = WRITER, reader: str = READER) -> None:
    """Make the tables of the log at this URL and bring them up to date; nothing recorded changes.

    On PostgreSQL also the roles (groups without a login) that may read and append, or only read,
    and do nothing else; the login given in the URL must be allowed to make tables and roles. A
    trigger that is not as it was made is made again: `audit.guard` says it before. Raises
    `Unavailable`.
    """
    if url.startswith(_SERVER):
        from store.postgres import migrate_postgres  # noqa: PLC0415 - loaded where configured

        migrate_postgres(url, writer, reader)
    else:
        _recorder(url, create=True).close()


def _recorder(url: str, *, create: bool) -> Recorder:
    if url.startswith(_FILE):
        return open_sqlite(Path(url.removeprefix(_FILE)), create=create)
    if url.startswith(_SERVER):
        from store.postgres import open_postgres  # noqa: PLC0415 - loaded where configured

        return open_postgres(url, create=create)
    raise Unavailable(
        Trouble.UNREACHABLE,
        "the address of the event log begins neither with sqlite:/// nor with postgresql://",
    )
