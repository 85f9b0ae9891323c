"""`rj erased`: what was erased, when that is final, and whether anything of it is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code
from cli.installed import installed, reading_of
from cli.moments import shown
from cli.options import Json
from cli.output import table, tell, tell_json
from cli.state import as_json
from cli.typed import as_typed
from client.erased import report
from client.leftovers import Backups

if TYPE_CHECKING:
    from client.erased import Erasure, Report
    from settings import Settings

Compact = Annotated[
    bool,
    Parameter(
        name="--compact",
        help="write the vault's databases anew first, in a quiet hour: no page then holds a copy",
        negative="",
        show_default=False,
    ),
]


def erased(*, compact: Compact = False, json: Json = False) -> int:
    """Look whether everything that must be destroyed is gone: keys, texts, files, drafts, tokens,
    free pages, lists, backups of keys. Ids and codes only.

    An erasure is final when the last backup of its keys has expired (RJ_KEYS_BACKUP_DAYS). What a
    restore brought back is destroyed again before anything is read, by this too. Exit code 0 if
    nothing is left, 1 if something is.
    """
    settings = installed()
    with reading_of(settings) as reading:
        vault = reading.stores.vault
        if compact:
            vault.compact()
        views, backups = settings.database("views"), backups_of(settings)
        found = report(reading.log, vault, views, backups, datetime.now(UTC))
    if json:
        tell_json({"well": found.well, **as_json(found)})
    else:
        _tell(found)
    return Code.DONE if found.well else Code.REFUSED


def backups_of(settings: Settings) -> Backups:
    """Return where this installation keeps backups of its data keys, and for how long."""
    folder = settings.keys_backups
    kept_for = timedelta(days=settings.keys_backup_days)
    return Backups(folder.expanduser().resolve() if folder else None, kept_for)


def _tell(found: Report) -> None:
    if found.erasures:
        table(("case", "whose", "what", "erased", "final"), [_row(one) for one in found.erasures])
    else:
        tell("Nothing was erased yet.")
    checks = [("well" if c.well else "WRONG", c.what, c.sentence) for c in found.checks]
    table(("", "what", ""), checks)
    tell("Nothing is left that must be gone." if found.well else "Something is left: see above.")


def _row(one: Erasure) -> tuple[str, ...]:
    final = "yes" if one.final else f"from {shown(one.final_from)}"
    return one.case, one.party, as_typed(one.extent), shown(one.at), final
