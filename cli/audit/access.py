"""`rj audit access`: who looked at what, for the data-protection officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.audit.looks import Purpose, Since, Until, entries_for, purpose
from cli.ending import Code, nonsense
from cli.looking import looking
from cli.moments import shown
from cli.options import As, Json
from cli.output import table, tell, tell_json
from cli.references import party, reference
from cli.state import as_json
from cli.wording import words_of
from domain.ids import CASE_PREFIX, DOSSIER_PREFIX, PERSON_PREFIX, PRACTITIONER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from access.chain import Linked

CaseRef = Annotated[str | None, Parameter(name="--case", metavar="CASE", help="only of this case")]
PersonRef = Annotated[
    str | None,
    Parameter(
        name="--person",
        metavar="PERSON",
        help="only of this person (PE-…, CASE=PARTY, or DP-… about them): their stream, every case "
        "in which they are on record, their requests, and what was looked for on their account",
    ),
]
ActorRef = Annotated[
    str | None,
    Parameter(name="--actor", metavar="PRACTITIONER", help="only by, or on behalf of, this one"),
]


def access(
    *,
    case: CaseRef = None,
    person: PersonRef = None,
    actor: ActorRef = None,
    since: Since = None,
    until: Until = None,
    for_: Purpose = "lawfulness",
    as_: As = None,
    json: Json = False,
) -> int:
    """List who looked at what, when, on whose behalf and why; what was denied too.

    For lawfulness, self-monitoring, integrity or criminal proceedings, and nothing else: never for
    lists of work or for how somebody performs. Reading it is written down in it.
    """
    asked = {
        "case": reference(case, CASE_PREFIX) if case else None,
        "person": _person(person) if person else None,
        "actor": reference(actor, PRACTITIONER_PREFIX) if actor else None,
    }
    with looking(as_) as look:
        found = entries_for(look, purpose(for_), since, until, asked)
    if json:
        tell_json({"looks": [{"number": e.link.number, **as_json(e.link.look)} for e in found]})
    elif found:
        table(_COLUMNS, [_row(one) for one in found])
    else:
        tell("Nothing like that stands in the access log.")
    return Code.DONE


def _person(typed: str) -> str:
    """Return who is meant: by a reference, or as whom they are in a case. Raises `Ended`."""
    if not typed.strip().upper().startswith(f"{CASE_PREFIX}-"):
        return reference(typed, PERSON_PREFIX, DOSSIER_PREFIX)
    case, equals, who = typed.rpartition("=")
    if not (case and equals and who):
        raise nonsense("--person: a person of a case is CASE=PARTY, such as RJ-4T9Y2K7P-X=V1")
    return f"{reference(case, CASE_PREFIX)}={party(who)}"


_COLUMNS = ("", "when", "who", "what", "of", "came to", "why")
_SHOWN = 3
"""References that are spelled out; how many more there are is said."""


def _row(one: Linked) -> Sequence[str]:
    look = one.link.look
    who = look.actor.id + (f" for {look.behalf}" if look.behalf else "")
    what = f"{words_of(look.operation)}: {look.view.lower().replace('_', ' ')}"
    if look.medium != "SCREEN":
        what += f" ({look.medium.lower()})"
    if look.recipients:
        what += f", to {', '.join(words_of(code) for code in look.recipients)}"
    came_to = look.outcome.lower().replace("_", " ") + (", glass broken" if look.glass else "")
    of = "every case" if look.of_every_case else _of(look.about)
    return str(one.link.number), shown(look.at), who, what, of, came_to, _why(one)


def _of(about: Sequence[str]) -> str:
    more = len(about) - _SHOWN
    return ", ".join(about[:_SHOWN]) + (f" and {more} more" if more > 0 else "") or "—"


def _why(one: Linked) -> str:
    return ", ".join(_reasons(one))


def _reasons(one: Linked) -> Iterator[str]:
    look = one.link.look
    yield look.purpose.replace("_", " ")
    if look.reason:
        yield words_of(look.reason)
