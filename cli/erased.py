"""`rj erased`: what was erased, when that is final, and whether anything of it is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code
from cli.installed import installed, reading_of
from cli.looking import looking, of_what_may_not_be
from cli.moments import shown
from cli.options import As, Json
from cli.output import table, tell, tell_json
from cli.state import as_json
from cli.typed import as_typed
from client.erased import report
from client.leftovers import Backups
from client.reading import What
from domain.ids import CASE_PREFIX
from domain.permissions import View

if TYPE_CHECKING:
    from cli.looking import Look
    from client.erased import Erasure, Report
    from client.reading import Reading
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


Each = Annotated[
    bool,
    Parameter(
        name="--list",
        help="name each erasure: for the data-protection officer, and the look is written down",
        negative="",
        show_default=False,
    ),
]
ERASED = "erased"
"""What such a reading is for."""


def erased(
    *, compact: Compact = False, each: Each = False, as_: As = None, json: Json = False
) -> int:
    """Look whether everything that must be destroyed is gone: keys, texts, files, drafts, tokens,
    free pages, lists, backups of keys. How much and codes only, unless each is asked for.

    An erasure is final when the last backup of its keys has expired (RJ_KEYS_BACKUP_DAYS). What a
    restore brought back is destroyed again before anything is read, by this too. Exit code 0 if
    nothing is left, 1 if something is.
    """
    listed: list[Erasure] | None = None
    if each:
        with looking(as_) as look:
            found = _looked(look.settings, look.reading, compact=compact)
            listed = _listed(look, found)
    else:
        settings = installed()
        with reading_of(settings) as reading:
            found = _looked(settings, reading, compact=compact)
    if json:
        tell_json(_as_json(found, listed))
    else:
        _tell(found, listed)
    return Code.DONE if found.well else Code.REFUSED


def _looked(settings: Settings, reading: Reading, *, compact: bool) -> Report:
    vault = reading.stores.vault
    if compact:
        vault.compact()
    views, backups = settings.database("views"), backups_of(settings)
    return report(reading.log, vault, views, backups, datetime.now(UTC))


def _listed(look: Look, found: Report) -> list[Erasure]:
    """Return the erasures that may be seen, once it is written down that they are."""
    gate, log = look.reading.gate, look.reading.log

    def seen() -> list[Erasure]:
        return [
            one
            for one in found.erasures
            if gate.opens_for(
                look.actor.id,
                View.GATHERED if one.case.startswith(CASE_PREFIX) else View.DOSSIER,
                log.load(one.case),
            )
        ]

    with of_what_may_not_be("such list"):
        what = What(View.DOSSIER)
        return look.reading.listing(
            look.actor, what, ERASED, lambda _: seen(), lambda every: (one.case for one in every)
        )


def backups_of(settings: Settings) -> Backups:
    """Return where this installation keeps backups of its data keys, and for how long."""
    folder = settings.keys_backups
    kept_for = timedelta(days=settings.keys_backup_days)
    return Backups(folder.expanduser().resolve() if folder else None, kept_for)


def _as_json(found: Report, listed: list[Erasure] | None) -> dict[str, object]:
    said: dict[str, object] = {
        "well": found.well,
        "erased": len(found.erasures),
        "final": _final(found),
        "checks": as_json(found.checks),
    }
    return said if listed is None else {**said, "erasures": as_json(listed)}


def _final(found: Report) -> int:
    return sum(one.final for one in found.erasures)


def _tell(found: Report, listed: list[Erasure] | None) -> None:
    if not found.erasures:
        tell("Nothing was erased yet.")
    else:
        if listed:
            heads = ("case", "whose", "what", "erased", "final")
            table(heads, [_row(one) for one in listed])
        tell(f"{len(found.erasures)} erasures, {_final(found)} of them final.")
    checks = [("well" if c.well else "WRONG", c.what, c.sentence) for c in found.checks]
    table(("", "what", ""), checks)
    tell("Nothing is left that must be gone." if found.well else "Something is left: see above.")


def _row(one: Erasure) -> tuple[str, ...]:
    final = "yes" if one.final else f"from {shown(one.final_from)}"
    return one.case, one.party, as_typed(one.extent), shown(one.at), final
