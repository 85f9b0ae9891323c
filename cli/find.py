"""`rj find`: whether somebody who rings is known here; yes or no, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.asking import can_ask, one_by_one
from cli.ending import Code, Ended, Failure, nonsense
from cli.looking import CASE_WORK, looking, of_what_may_not_be
from cli.matches import tell_found
from cli.options import As, Json
from cli.source import read_source
from client.matching import Matching
from domain.words import Identified
from vault import Unfit
from vault.details import OffenceDetails, PartyDetails

if TYPE_CHECKING:
    from settings import Settings

OF_THE_PERSON = ("name", "known_as", "born")
OF_THE_OFFENCE = ("police_reference", "court_reference", "date", "place")
How = Annotated[
    Identified | None,
    Parameter(
        name="--identified",
        help="how it was made sure that the caller is who they say",
        negative="",
    ),
]
From = Annotated[
    str | None,
    Parameter(
        name="--from",
        metavar="FILE",
        help='read {"name": …, "born": …, "police_reference": …} from here, or from standard '
        "input for -",
        allow_leading_hyphen=True,
        negative="",
    ),
]


def find(*, identified: How = None, source: From = None, as_: As = None, json: Json = False) -> int:
    """Ask whether somebody is known here, by their name, birth date, or a crime or court reference.

    For a caller who has been identified: to anybody else nothing is said, not even that there is a
    case. What is looked for is asked for on the terminal, or read with --from; it is no option.
    The answer is for you, and says whom to ask. That it was asked is written down.
    """
    with looking(as_) as look:
        if identified is None:
            raise _not_identified(look.settings)
        person, offence = _sought(_told(source))
        with of_what_may_not_be("search"):
            found = Matching(look.reading).find(look.actor, person, offence, CASE_WORK)
    tell_found(found, as_json=json, nothing="Nobody like that, and no such reference, is known.")
    return Code.DONE


def _not_identified(settings: Settings) -> Ended:
    sentence = (
        "nothing is said to somebody who is not identified, not even whether there is a case: give "
        f"general information and the number ({settings.contact_point}), or make sure who they "
        "are and say how with --identified"
    )
    return Ended(Failure(Code.REFUSED, "refused", (sentence,)))


def _told(source: str | None) -> dict[str, Any]:
    if source is not None:
        return read_source(source)
    if can_ask():
        return one_by_one("who is looked for", (*OF_THE_PERSON, *OF_THE_OFFENCE))
    raise nonsense(
        "who is looked for is asked for on a terminal, or read with --from FILE, or from standard "
        "input with --from -"
    )


def _sought(told: dict[str, Any]) -> tuple[PartyDetails, OffenceDetails]:
    if set(told) - {*OF_THE_PERSON, *OF_THE_OFFENCE}:
        raise nonsense(f"only these are looked for: {', '.join((*OF_THE_PERSON, *OF_THE_OFFENCE))}")
    if not any(told.values()):
        raise nonsense("say whom to look for: a name, or a crime or court reference")
    try:
        return (
            PartyDetails.entered({k: v for k, v in told.items() if k in OF_THE_PERSON}),
            OffenceDetails.entered({k: v for k, v in told.items() if k in OF_THE_OFFENCE}),
        )
    except Unfit as error:
        raise nonsense(str(error)) from None
