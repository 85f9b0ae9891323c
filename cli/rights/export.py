"""`rj rights export`: the copy that somebody receives of what is kept of them, as a folder."""

from __future__ import annotations

import asyncio
import json as as_text
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code, nonsense, unavailable
from cli.installed import door_to
from cli.looking import looking, of_what_may_not_be
from cli.options import As, Json
from cli.output import tell, tell_json
from cli.references import reference
from cli.rights.copy import file_name, read_me, record, record_as_json
from cli.rights.show import Ref
from client.gathering import copied, gathered
from domain.held import handed
from domain.ids import DOSSIER_PREFIX
from domain.words import Handed

if TYPE_CHECKING:
    from cli.looking import Look
    from client.gathering import Gathered

To = Annotated[
    Path, Parameter(name="--to", metavar="FOLDER", help="a folder that is not there yet")
]


def export(dossier: Ref, /, *, to: To, as_: As = None, json: Json = False) -> int:
    """Make the copy that somebody receives of what is kept of them: what it is, where it came from,
    who had it, what for and for how long.

    Needs a decision that grants it, and one on everything in which others are, too. The copy is
    recorded, and logged as a disclosure, before it is written. Keep the folder only until it is
    handed over: it is personal and not encrypted.
    """
    about = reference(dossier, DOSSIER_PREFIX)
    folder = to.expanduser().absolute()
    if folder.exists():
        raise nonsense("--to: there is something of that name already; name a new folder")
    with looking(as_) as look, of_what_may_not_be("such entry of the register"):
        found = gathered(look.reading, look.actor, about)
        counts = _recorded(look, found)
        given = copied(look.reading, look.actor, found)
    files = {
        "read-me.txt": read_me(found, look.settings.limits.retention),
        "record.txt": record(given),
        "record.json": as_text.dumps(record_as_json(found, given), indent=1, ensure_ascii=False),
    }
    scans = {file_name(one): one.file for one in given if one.file is not None}
    _write(folder, {name: text.encode() for name, text in files.items()} | scans)
    if json:
        tell_json({"dossier": about, "folder": str(folder), **counts})
        return Code.DONE
    tell(f"{about}: {counts['given']} items given, {counts['redacted']} with parts taken out,")
    tell(f"  {counts['withheld']} withheld. Their copy is in {folder}; it is not encrypted.")
    return Code.DONE


def _recorded(look: Look, found: Gathered) -> dict[str, Any]:
    """Have it recorded that a copy is made; rules speak against it as long as one may not be."""
    decided, waiting = found.decided, found.undecided
    left = {item.id for item in waiting}
    settled = [item for item in found.items if item.id not in left]
    by = {how: sum(handed(item, decided) is how for item in settled) for how in Handed}
    counts = {
        "given": by[Handed.GIVE],
        "redacted": by[Handed.REDACT],
        "withheld": by[Handed.WITHHOLD],
    }
    command = {
        **counts,
        "cases": sorted(found.cases),
        "undecided": len(waiting),
    }
    asyncio.run(_send(look, found.read.dossier.id, command))
    return counts


async def _send(look: Look, dossier: str, given: dict[str, Any]) -> None:
    async with door_to(look.settings) as door:
        actor = look.actor
        await door.do(actor.id, actor.identified, "note_copy_made", given, stream=dossier)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the folder whole, or not at all, also if it is broken off; nobody else on this machine
    may read it."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".copy-", dir=folder.parent))
    except OSError as error:
        raise unavailable(f"the folder cannot be made: {error.strerror}") from None
    try:
        for name, content in files.items():
            with (making / name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            (making / name).chmod(0o600)
        making.rename(folder)
    except OSError as error:
        raise unavailable(
            f"the copy cannot be written: {error.strerror}; nothing is left of it, make it again"
        ) from None
    finally:
        # Where it went well it is not there any more under this name.
        shutil.rmtree(making, ignore_errors=True)
