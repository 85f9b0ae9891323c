"""`rj scan`: the signed form of a consent, out of the vault into a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code, Ended, Failure
from cli.looking import looking, of_what_may_not_be
from cli.moments import shown
from cli.new_file import check_new, write_new
from cli.options import As, Json, Reason
from cli.output import tell, tell_json
from cli.references import party, reference
from cli.wording import words_of
from client.scans import Gone, Signed, scan_of
from domain.ids import CASE_PREFIX
from vault import Unopened

if TYPE_CHECKING:
    from cli.looking import Look
    from domain.destroyed import Destroyed

SCAN = "signed_scan"
"""What a look is for."""
Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]
Pair = Annotated[str, Parameter(name="PAIR", help="the pair, such as V1-O1")]
Of = Annotated[str, Parameter(name="PERSON", help="who signed it, such as V1")]
Entry = Annotated[
    int | None,
    Parameter(
        name="--entry",
        metavar="N",
        help="the one that this entry of the case handed in (rj history), instead of the newest",
    ),
]
To = Annotated[Path, Parameter(name="--to", metavar="FILE", help="a file that is not there yet")]


def scan(
    case: Ref,
    pair: Pair,
    person: Of,
    /,
    *,
    to: To,
    entry: Entry = None,
    reason: Reason = None,
    as_: As = None,
    json: Json = False,
) -> int:
    """Write the newest scan of a person's signed consent into a file that only you may read.

    It was handed in with rj consent … --scan FILE. The look is logged. Delete the file once it is
    read: it is not encrypted there.
    """
    what = Signed(reference(case, CASE_PREFIX), pair.upper(), party(person), entry)
    check_new(to)
    with looking(as_, reason) as look, of_what_may_not_be("such case"):
        size = _written(look, what, to)
    if json:
        tell_json({"case": what.case, "party": what.party, "bytes": size})
    else:
        tell(f"{to.name}: {size:,} bytes, as they were handed in. Delete it once it is read.")
    return Code.DONE


def _written(look: Look, what: Signed, to: Path) -> int:
    try:
        return write_new(to, scan_of(look.reading, look.actor, what, SCAN))
    except Gone as gone:
        raise _not_handed_out(_taken_away(gone.how)) from None
    except Unopened as error:
        raise _not_handed_out(str(error)) from None


def _not_handed_out(why: str) -> Ended:
    sentence = f"the scan cannot be handed out: {why}"
    return Ended(Failure(Code.REFUSED, "refused", (sentence,)))


def _taken_away(how: Destroyed) -> str:
    """Return when it was taken away and by which decision: dates, entries and codes."""
    if how.ground is None:
        at = shown(how.decided_at)
        return f"it was redacted at {at} (entry {how.decided}): a text stands in its place"
    for_all = f", for all of their cases by {how.dossier}" if how.dossier else ""
    why = f"{words_of(how.ground)}{for_all}"
    decided = f"decided at {shown(how.decided_at)} (entry {how.decided}: {why})"
    if how.done_at is None:
        return f"its erasure is being carried out, as was {decided}"
    return f"it was erased at {shown(how.done_at)} (entry {how.done}), as was {decided}"
