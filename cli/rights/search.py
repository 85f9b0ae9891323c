"""`rj rights search`: texts in which somebody may be described who is nobody of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.asking import can_ask, one_by_one
from cli.ending import Code, nonsense
from cli.looking import looking, of_what_may_not_be
from cli.moments import shown_day
from cli.options import As, Json
from cli.output import note, table, tell, tell_json
from cli.progress import progress
from cli.references import reference
from cli.rights.items import WithWords
from cli.rights.show import Ref
from cli.source import read_source
from client.describing import described
from domain.ids import DOSSIER_PREFIX
from vault import Unfit
from vault.details import PartyDetails
from vault.mentions import Traits

if TYPE_CHECKING:
    from client.describing import Described, Search

OF_THE_PERSON = ("name", "known_as", "phone", "email", "address")
WORDS = "words"
"""What would stand in a text about them: a nickname, a street, "the man with the barrow"."""
_COLUMNS = ("item", "recorded", "what", "whose", "")
From = Annotated[
    str | None,
    Parameter(
        name="--from",
        metavar="FILE",
        help='read {"name": …, "known_as": …, "phone": …, "email": …, "address": …, "words": …} '
        "from here, or from standard input for -",
        allow_leading_hyphen=True,
        negative="",
    ),
]


def search(
    dossier: Ref,
    /,
    *,
    source: From = None,
    words: WithWords = False,
    as_: As = None,
    json: Json = False,
) -> int:
    """Look through every text for somebody who asks what is kept of them, and is nobody of a case:
    by their names, how they are reached, or words that would stand in it.

    What is looked for is asked for on the terminal, or read with --from; it is no option. Read what
    is found (--words), and put in what is about them: rj rights put-in DOSSIER ITEM,ITEM. Each then
    waits for a decision like every other mixed item. Where they ask to be erased: rj do CASE
    report_mention, and redact it. Files cannot be looked through. For the data-protection officer;
    each look is written down.
    """
    about = reference(dossier, DOSSIER_PREFIX)
    with looking(as_) as look:
        traits = _sought(_told(source))
        with (
            of_what_may_not_be("such entry of the register"),
            progress("Looking through the texts") as moved,
        ):
            found = described(look.reading, look.actor, about, traits, moved)
    if json:
        tell_json(_described(about, found, words=words))
        return Code.DONE
    if found.found:
        table(_COLUMNS, [_row(one) for one in found.found])
    for one in found.found if words else ():
        tell("")
        tell(f"{one.item}  {one.words}")
    tell(f"{len(found.found)} texts; {sum(one.known for one in found.found)} are in it already.")
    if found.closed or found.unread:
        note(f"rj: {found.closed} are closed to you, {found.unread} cannot be read")
    return Code.DONE


def _told(source: str | None) -> dict[str, Any]:
    if source is not None:
        return read_source(source)
    if can_ask():
        return one_by_one("who is looked for", (*OF_THE_PERSON, WORDS))
    raise nonsense(
        "who is looked for is asked for on a terminal, or read with --from FILE, or from standard "
        "input with --from -"
    )


def _sought(told: dict[str, Any]) -> Traits:
    if set(told) - {*OF_THE_PERSON, WORDS}:
        raise nonsense(f"only these are looked for: {', '.join((*OF_THE_PERSON, WORDS))}")
    try:
        details = PartyDetails.entered({k: v for k, v in told.items() if k in OF_THE_PERSON})
        traits = Traits.of([details]).and_phrase(told.get(WORDS) or "")
    except Unfit as error:
        raise nonsense(str(error)) from None
    if traits.find_nothing:
        raise nonsense("say whom to look for: a name, how they are reached, or words of a text")
    return traits


def _row(one: Described) -> tuple[str, ...]:
    what = f"{one.entry.name.replace('_', ' ')}: {one.field.replace('_', ' ')}"
    known = "in it already" if one.known else ""
    return one.item, shown_day(one.entry.recorded_at), what, one.owner, known


def _described(dossier: str, found: Search, *, words: bool) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "closed": found.closed,
        "unread": found.unread,
        "items": [
            {
                "item": one.item,
                "case": one.case,
                "entry": one.entry.version,
                "event": one.entry.name,
                "field": one.field,
                "owner": one.owner,
                "recorded_at": one.entry.recorded_at.isoformat(),
                "known": one.known,
                **({"words": one.words} if words else {}),
            }
            for one in found.found
        ],
    }
