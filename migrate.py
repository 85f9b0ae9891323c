"""Makes what the stores need in their databases and brings it up to date; run before a release.

Services then start with tables that are there, and need no right to make any. Repeating it changes
nothing. The read models are not here: the service makes them itself, from the log.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from access import open_refusals, open_remembered
from access.guard import made_good
from audit.guard import look_at_guard
from reports import make_archive
from settings import Mistyped, from_environment
from store import Unavailable as LogUnavailable
from store import migrate as migrate_log
from vault import Unavailable
from vault.vault import open_key_database, open_text_database

if TYPE_CHECKING:
    from settings import Settings

NONSENSE, UNAVAILABLE = 2, 3
"""Exit codes: the settings make no sense; a database cannot be used."""


def migrate(settings: Settings) -> list[str]:
    """Make the tables of the log, the vault, its keys and the access database.

    Returns what was wrong with the triggers that keep a log from being changed; they are made
    again. The logins in the settings must be allowed to. Raises `Unavailable`, of the store or the
    vault.
    """
    broken = look_at_guard(settings.database("log"), settings.checkpoint_folders)
    migrate_log(settings.database("log"))
    open_text_database(settings.database("vault"), create=True).close()
    open_key_database(settings.database("vault_keys"), create=True).close()
    broken += made_good(settings.database("access"))
    open_refusals(settings.database("access")).close()
    open_remembered(settings.database("access")).close()
    make_archive(settings.database("access"))
    return broken


def main() -> int:
    """Migrate what the environment's settings name; return the exit code."""
    try:
        for broken in migrate(from_environment()):
            sys.stderr.write(f"{broken}: run `rj audit verify` and find out who did that\n")
    except Mistyped as error:
        sys.stderr.write("".join(f"{sentence}\n" for sentence in error.sentences))
        return NONSENSE
    except (LogUnavailable, Unavailable) as error:
        sys.stderr.write(f"{error}\n")
        return UNAVAILABLE
    sys.stdout.write("All tables are there.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
