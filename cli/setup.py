"""`rj setup`: the first administrator of a deployment, entered by whoever runs the service."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.asking import FIRST, can_ask, staff_details
from cli.details import check_details
from cli.ending import Code, Ended, Failure, nonsense
from cli.first import first_practitioner, is_empty, is_registered, register_first, seed_of
from cli.installed import door_to, reading_of, require_data, settings_now
from cli.options import Json
from cli.output import tell, tell_json
from cli.source import read_source
from client.admission import OPERATOR
from domain.commands.opening import SERVICE
from domain.commands.practitioners import RegisterPractitioner
from vault.details import DETAILS

if TYPE_CHECKING:
    from settings import Settings
    from store import Log

From = Annotated[
    str | None,
    Parameter(
        name="--from",
        metavar="FILE",
        help='read {"details": {"name": …}} from here, or from standard input for -',
        allow_leading_hyphen=True,
        negative="",
    ),
]
_ROLES = ("ADMINISTRATOR",)


def setup(*, source: From = None, json: Json = False) -> int:
    """Enter the first administrator, while nobody is in the register yet.

    For whoever runs the service, where its keys are: nobody else can vouch for the first one. They
    keep the register and see no case. Their name is asked for on the terminal, or read with --from.
    """
    settings = settings_now()
    require_data(settings)
    with reading_of(settings) as reading:
        _refuse_taken(reading.log, settings)
    details = _details(source)
    entry = {
        "kind": "SERVICE_STAFF",
        "organisation": SERVICE,
        "roles": _ROLES,
        DETAILS: details,
    }
    first = asyncio.run(_enter(settings, entry))
    if json:
        tell_json({"outcome": "accepted", "stream": first})
        return Code.DONE
    tell(f"{first}: entered as the first administrator, on the word of whoever runs the service.")
    tell("Whoever looks at a case, a list or a text is logged: who, when, what and why.")
    if settings.allow_unverified:
        tell(f"They enter everybody else: rj practitioners register --as {first} --help")
    else:
        tell("Nobody can act from a terminal here: RJ_ALLOW_UNVERIFIED=false.")
    return Code.DONE


async def _enter(settings: Settings, entry: dict[str, Any]) -> str:
    async with door_to(settings) as door:
        first = await register_first(door, seed_of(settings), OPERATOR, entry)
        if first is None:
            raise _taken(door.readings.log, settings)
        return first


def _refuse_taken(log: Log, settings: Settings) -> None:
    if not is_empty(log):
        raise _taken(log, settings)


def _taken(log: Log, settings: Settings) -> Ended:
    first = first_practitioner(seed_of(settings))
    who = f"{first}, the first, is" if is_registered(log, first) else "somebody is"
    sentence = f"{who} in the register already: an administrator enters everybody else"
    return Ended(Failure(Code.REFUSED, "refused", (sentence,)))


def _details(source: str | None) -> dict[str, Any]:
    """Return who they are, by name at least. Raises `Ended`."""
    if source is not None:
        read = read_source(source)
        if set(read) - {DETAILS}:
            raise nonsense(f"only {DETAILS} can be given; roles and organisation are what they are")
    elif can_ask():
        read = {DETAILS: staff_details("first administrator")}
    else:
        read = {}
    check_details(RegisterPractitioner, read)
    details = read.get(DETAILS) or {}
    if not details.get(FIRST):
        raise nonsense(
            f"{FIRST}: the first administrator has one: it is asked for on a terminal, or read "
            "with --from FILE, or from standard input with --from -"
        )
    return dict(details)
