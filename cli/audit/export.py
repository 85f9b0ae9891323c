"""`rj audit export`: the log or a case in a file, for the verifier or for other tools."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from cli.audit.exporting import VERIFIER, Wish, written
from cli.audit.prove import AUDIT
from cli.ending import Code, nonsense
from cli.looking import looking
from cli.options import As, Json, Reason
from cli.output import tell, tell_json
from cli.references import reference
from domain.ids import CASE_PREFIX
from exports import FORMATS, PURPOSES

_BODY = re.compile(r"[A-Z][A-Z0-9_]{1,59}")
File = Annotated[Path, Parameter(name="FILE", help="a file that is not there yet")]
FormatName = Annotated[
    str,
    Parameter(
        name="--format",
        metavar="FORMAT",
        help=f"one of: {VERIFIER}, {', '.join(FORMATS)}",
        negative="",
    ),
]
CaseRef = Annotated[
    str | None, Parameter(name="--case", metavar="CASE", help="only this case", negative="")
]
For = Annotated[
    str | None,
    Parameter(
        name="--for",
        metavar="PURPOSE",
        help=f"what it is for, which is recorded: {', '.join(PURPOSES)}",
        negative="",
    ),
]
KeyFile = Annotated[
    Path | None,
    Parameter(
        name="--pseudonyms",
        metavar="KEYFILE",
        help="a key for the pseudonyms, made if it is not there: exports with the same one can be "
        "joined",
        negative="",
    ),
]
ByReference = Annotated[
    bool,
    Parameter(
        name="--references",
        help="references as they are, in the place of pseudonyms",
        negative="",
        show_default=False,
    ),
]
Recipient = Annotated[
    str | None,
    Parameter(
        name="--recipient",
        metavar="CODE",
        help="who is given it, a body by its code (UNIVERSITY_OF_SAMPLEFORD): then it is recorded "
        "as a disclosure to them",
        negative="",
    ),
]
ByDay = Annotated[
    bool,
    Parameter(
        name="--days", help="of each time only the day (UTC)", negative="", show_default=False
    ),
]


def export(
    file: File,
    /,
    *,
    format_: FormatName = VERIFIER,
    case: CaseRef = None,
    for_: For = None,
    pseudonyms: KeyFile = None,
    references: ByReference = False,
    days: ByDay = False,
    recipient: Recipient = None,
    reason: Reason = None,
    as_: As = None,
    json: Json = False,
) -> int:
    """Write the log, or one case, into a file: for the verifier, or in a format of other tools.

    The verifier's has every recorded byte as it stands, staff's references too. The others are for
    process mining and for other systems: coded facts under pseudonyms of this one export; no words,
    nobody whose data were erased or restricted, and staff only where the purpose is about them
    (--for staffing). The purpose is in the access log before anything is written. The file has its
    name only once it is whole, and only you may read it.
    """
    form = format_.lower()
    wish = Wish(
        file=file,
        form=form,
        purpose=_purpose(form, for_),
        case=reference(case, CASE_PREFIX) if case else None,
        key_file=pseudonyms,
        references=references,
        by_day=days,
        recipient=_recipient(recipient),
    )
    _refuse_what_does_not_fit(wish)
    with looking(as_, reason) as look:
        done = written(look, wish)
    if json:
        tell_json({"outcome": "exported", **done})
    elif form == VERIFIER:
        tell(f"{done['entries']} entries exported.")
    else:
        tell(f"{done['events']} events of {done['cases']} cases exported.")
    return Code.DONE


def _purpose(form: str, typed: str | None) -> str:
    """Return the purpose that was typed. Raises `Ended` for none, or any other than there are."""
    if form != VERIFIER and form not in FORMATS:
        raise nonsense(f"--format: one of {VERIFIER}, {', '.join(FORMATS)}")
    if typed is None and form != VERIFIER:
        raise nonsense(f"say with --for what it is for: {', '.join(PURPOSES)}")
    purpose = (typed or AUDIT).lower()
    if purpose not in PURPOSES:
        raise nonsense(f"--for: an export may be for {', '.join(PURPOSES)}")
    return purpose


def _recipient(typed: str | None) -> str | None:
    """Return who is given it, as a code. Raises `Ended` for what is none."""
    if typed is None:
        return None
    code = typed.upper().replace("-", "_")
    if _BODY.fullmatch(code) is None:
        raise nonsense("--recipient: a body by its code, such as UNIVERSITY_OF_SAMPLEFORD")
    return code


def _refuse_what_does_not_fit(wish: Wish) -> None:
    if wish.form == VERIFIER and (wish.key_file or wish.references or wish.by_day):
        raise nonsense(
            f"the {VERIFIER}'s format has everything as it was recorded: no --pseudonyms, "
            "--references or --days"
        )
    if wish.key_file and wish.references:
        raise nonsense("--pseudonyms or --references: it is one or the other")
