"""`rj audit export-looks`: the access log as it stands, in a file for the verifier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from access import name_of, record_of
from audit.exporting import export as write
from audit.verify.export import LOOKS
from cli.audit.exporting import naming
from cli.audit.prove import AUDIT
from cli.ending import Code
from cli.looking import looking
from cli.options import As, Json
from cli.output import tell, tell_json
from cli.progress import progress
from client.reading import What
from domain.permissions import View

File = Annotated[Path, Parameter(name="FILE", help="a file that is not there yet")]


def export_looks(file: File, /, *, as_: As = None, json: Json = False) -> int:
    """Write the access log into a file, every recorded byte as it stands: JSON, an entry a line.

    For the data-protection officer. The file has its name only once it is whole, and only you may
    read it; the verifier checks it against the checkpoints of the access log.
    """
    with looking(as_) as look:
        # Written down first, so that this export is in what it exports.
        every = What(View.ACCESS_LOG, medium="EXPORT")
        look.reading.listing(look.actor, every, AUDIT, lambda _: (), lambda _: ())
        record = record_of(look.reading.stores.access.log)
        origin = name_of(look.settings.notary_name)
        with naming("FILE"), progress("Exporting the access log") as moved:
            end = write(record, origin, file, moved, of=LOOKS)
    if json:
        tell_json({"outcome": "exported", "entries": end.entries})
    else:
        tell(f"{end.entries} entries exported.")
    return Code.DONE
