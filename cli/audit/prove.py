"""`rj audit prove` and `rj audit consistency`: proofs that a few hashes suffice for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from audit.merkle import grew
from audit.proofs import NotThere, growth
from audit.proofs import prove as proof_of
from audit.record import Record
from audit.verify.growth import Growth
from cli.audit.trusting import kept_in, newest_kept, record_named, with_a_log
from cli.ending import Code, Ended, Failure, nonsense
from cli.looking import looking, of_what_may_not_be
from cli.options import As, Json, Reason
from cli.output import tell, tell_json
from cli.references import reference
from client import Denied
from client.reading import What
from domain.ids import CASE_PREFIX
from domain.permissions import View

AUDIT = "audit"
"""What such a reading is for."""
_EVENT = re.compile(r"(?P<case>[^/]+)/(?P<version>[1-9][0-9]{0,8})")
Event = Annotated[
    str, Parameter(name="EVENT", help="a case and the number of the entry: RJ-4T9Y2K7P-X/12")
]
Old = Annotated[Path, Parameter(name="OLD", help="a checkpoint that somebody kept")]
New = Annotated[Path, Parameter(name="NEW", help="a later one")]


def prove(event: Event, /, *, reason: Reason = None, as_: As = None) -> int:
    """Prove that an entry stands in the log: the entry, its place, a few hashes, a checkpoint.

    What is printed (JSON) is for `python -m audit.verify`, or the `proof` in it for any tool that
    reads C2SP tlog-proof.
    """
    found = _EVENT.fullmatch(event)
    if found is None:
        raise nonsense("EVENT is a case and the number of an entry, as in RJ-4T9Y2K7P-X/12")
    case = reference(found["case"], CASE_PREFIX)
    with looking(as_, reason) as look:
        # An entry as it stands may name other cases: for whoever may see every history.
        with of_what_may_not_be("such case"):
            look.reading.reader(look.actor, What(View.HISTORY), AUDIT)
            if not look.reading.history(look.actor, case, AUDIT):
                raise Denied
        kept = newest_kept(look.settings)
        if not kept:
            raise _cannot("there is no checkpoint yet: `rj audit checkpoint` signs one")
        newest = max(kept, key=lambda one: one.checkpoint.size)
        record = Record(look.reading.log)
        try:
            tell(proof_of(record, case, int(found["version"]), newest))
        except NotThere as error:
            raise _cannot(str(error)) from None
    return Code.DONE


def consistency(old: Old, new: New, /, *, json: Json = False) -> int:
    """Prove that the log of an older checkpoint grew into that of a newer one, and nothing else;
    or the access log, of two checkpoints of that.

    Exit code 0 and the proof, a hash a line; 1 if it did not. What --json prints is for
    `python -m audit.verify`, which needs one of the two checkpoints and the notary's key.
    """
    settings = with_a_log()
    signed = [kept_in(file, settings) for file in (old, new)]
    before, after = (one.checkpoint for one in signed)
    if before.origin != after.origin:
        raise nonsense(f"OLD is of {before.origin} and NEW of {after.origin}: two logs")
    if before.size > after.size:
        raise nonsense("OLD is of more entries than NEW")
    with record_named(before.origin, settings) as record:
        try:
            proof = growth(record, before, after)
        except NotThere as error:
            raise _cannot(str(error)) from None
    if not grew(before.size, after.size, before.root, after.root, proof):
        raise _cannot(
            f"the log of {after.size} entries did not grow from that of {before.size}: what was "
            "there has been altered since one of them was signed"
        )
    grown = Growth(signed[0].note, signed[1].note, tuple(proof)).said()
    if json:
        tell_json({**grown, "outcome": "grew", "old": before.size, "new": after.size})
    else:
        for line in grown["proof"]:
            tell(line)
        tell(f"The log of {before.size} entries grew into that of {after.size}.")
    return Code.DONE


def _cannot(sentence: str) -> Ended:
    return Ended(Failure(Code.REFUSED, "not_proved", (sentence,)))
