"""`rj audit export`: the log as it stands, in a file for the verifier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from audit.exporting import export as write
from audit.record import Record
from cli.audit.prove import AUDIT
from cli.ending import Code, nonsense
from cli.looking import looking
from cli.options import As, Json
from cli.output import tell, tell_json
from cli.progress import progress
from client.reading import What
from domain.permissions import View

File = Annotated[Path, Parameter(name="FILE", help="a file that is not there yet")]


def export(file: File, /, *, as_: As = None, json: Json = False) -> int:
    """Write the whole log into a file, every recorded byte as it stands: JSON, an entry a line.

    For auditors and the data-protection officer: it holds the coded facts of every case. The file
    has its name only once it is whole, and only you may read it.
    """
    with looking(as_) as look:
        every_history = What(View.HISTORY, medium="EXPORT")
        with (
            look.reading.reading(look.actor, every_history, AUDIT),
            progress("Exporting the log") as moved,
        ):
            try:
                end = write(Record(look.reading.log), look.settings.notary_name, file, moved)
            except FileExistsError:
                raise nonsense("FILE is there already: nothing is written over") from None
            except FileNotFoundError:
                raise nonsense("there is no such folder for FILE") from None
    if json:
        tell_json({"outcome": "exported", "entries": end.entries})
    else:
        tell(f"{end.entries} entries exported.")
    return Code.DONE
