"""`rj audit sample`: drawing cases to be audited, by a seed that is recorded."""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from access import codes
from audit.sampling import CRITERIA, Drawn, NoCriterion, TooLong, criteria, draw
from cli.ending import Code, nonsense
from cli.installed import door_to
from cli.looking import looking
from cli.options import As, Json
from cli.output import table, tell, tell_json
from client import Denied, Refused
from client.reading import What
from domain.events.auditing import SEED
from domain.fold import fold
from domain.permissions import View

if TYPE_CHECKING:
    from cli.looking import Look

AUDITING = "auditing"
LARGEST = 200
_MEANT = "; ".join(
    f"{name}= {one.sentence}" + (f" ({', '.join(one.values[:2])} …)" if one.values else "")
    for name, one in CRITERIA.items()
)
Size = Annotated[
    int, Parameter(name="--size", metavar="N", help=f"how many cases, up to {LARGEST}")
]
Seed = Annotated[
    str | None,
    Parameter(
        name="--seed",
        metavar="SEED",
        help="what it is drawn by; a random one if left out, which is told",
    ),
]
Meant = Annotated[
    list[str] | None,
    Parameter(
        name="--meant",
        metavar="WHAT=VALUE",
        help=f"only such cases, several times: {_MEANT}",
        negative="",
    ),
]
Length = Annotated[
    int | None,
    Parameter(
        name="--length",
        metavar="N",
        help="from the first N entries of the log; all of it if left out",
    ),
]
Demo = Annotated[
    bool, Parameter(name="--demo", help="of the invented cases, and of no others", negative="")
]


def sample(
    *,
    size: Size = 5,
    seed: Seed = None,
    meant: Meant = None,
    length: Length = None,
    demo: Demo = False,
    as_: As = None,
    json: Json = False,
) -> int:
    """Draw cases to be audited, and record it in each of them, with seed, criteria and length.

    Typed again with the same seed, criteria, size and length it is the same sample: whoever doubts
    how cases were chosen can draw them again. Each case is then looked at (rj show, rj history),
    findings are recorded (rj audit finding), and the audit of it is concluded (rj audit conclude);
    what waits stands in rj waiting.
    """
    if not 1 <= size <= LARGEST:
        raise nonsense(f"--size: from 1 to {LARGEST}")
    by = _seed(seed)
    which = _criteria(meant or [])
    with looking(as_) as look:
        drawn = _drawn(look, by, size, length, which, demo=demo)
        became = asyncio.run(_recorded(look, drawn))
    if json:
        tell_json({"sample": _as_json(drawn), "cases": became})
        return Code.DONE
    _tell(drawn, became, demo=demo)
    return Code.DONE


def _drawn(
    look: Look, seed: str, size: int, length: int | None, meant: tuple[str, ...], *, demo: bool
) -> Drawn:
    log = look.reading.log
    long = length if length is not None else log.count(log.last())
    asked = {
        "seed": seed,
        "length": long,
        "size": size,
        "meant": "+".join(meant)[:80] or None,
        "demo": demo,
    }

    def find(_: object) -> Drawn:
        try:
            return draw(log, seed=seed, size=size, length=long, meant=meant, demo=demo)
        except TooLong:
            raise nonsense("--length: the log has not as many entries") from None

    what = What(View.SAMPLES, asked=codes(asked))
    return look.reading.listing(look.actor, what, AUDITING, find, lambda one: _theirs(look, one))


def _theirs(look: Look, drawn: Drawn) -> list[str]:
    """Return the cases that were drawn but those that are kept from whoever drew them: that they
    are as was meant says something of them."""
    gate, log = look.reading.gate, look.reading.log
    opens = (gate.opens_for(look.actor.id, View.HISTORY, log.load(case)) for case in drawn.cases)
    return [case for case, sees in zip(drawn.cases, opens, strict=True) if sees]


async def _recorded(look: Look, drawn: Drawn) -> dict[str, list[str]]:
    """Record the draw in each case of theirs; return by case why it could not be, or nothing."""
    became: dict[str, list[str]] = {}
    given: dict[str, Any] = {
        "sample": drawn.id,
        "seed": drawn.seed,
        "length": drawn.length,
        "criteria": list(drawn.criteria),
        "size": drawn.size,
        "eligible": drawn.eligible,
    }
    async with door_to(look.settings) as door:
        for case in _theirs(look, drawn):
            if drawn.id in fold(look.reading.log.load(case)).audits:
                # Whoever it was drawn by: the same sample is drawn once.
                became[case] = []
                continue
            try:
                await door.do(
                    look.actor.id,
                    look.actor.identified,
                    "draw_for_audit",
                    given,
                    stream=case,
                    # Broken off and drawn again it is the same command, which is recorded once.
                    command_id=f"draw:{drawn.id[:11]}:{case[:11]}",
                )
                became[case] = []
            except Refused as refused:
                became[case] = [one.reason for one in refused.refusals]
            except Denied:
                became[case] = ["you may not audit this case: somebody else has to"]
    return became


def _tell(drawn: Drawn, became: dict[str, list[str]], *, demo: bool) -> None:
    tell(f"{drawn.id}: {len(drawn.cases)} of {drawn.eligible} cases.")
    meant = "".join(f" --meant {one}" for one in drawn.criteria)
    by = f"--seed {drawn.seed} --size {drawn.size} --length {drawn.length}{meant}"
    by += " --demo" if demo else ""
    tell(f"To draw it again: rj audit sample {by}")
    rows = [(case, "drawn" if not why else " ".join(why)) for case, why in became.items()]
    if rows:
        table(("case", ""), rows)
    if kept := len(drawn.cases) - len(became):
        tell(f"{kept} of them for another auditor to draw: you have a conflict of interest there.")


def _as_json(drawn: Drawn) -> dict[str, object]:
    return {
        "id": drawn.id,
        "seed": drawn.seed,
        "length": drawn.length,
        "criteria": list(drawn.criteria),
        "size": drawn.size,
        "eligible": drawn.eligible,
    }


def _seed(typed: str | None) -> str:
    if typed is None:
        return secrets.token_hex(8)
    if not re.fullmatch(SEED, typed.lower()):
        raise nonsense("--seed: 4 to 64 letters, digits and any of . _ -")
    return typed.lower()


def _criteria(typed: list[str]) -> tuple[str, ...]:
    try:
        return criteria(typed)
    except NoCriterion as error:
        raise nonsense(f"--meant: {error}") from None
