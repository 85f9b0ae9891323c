"""Handing over what somebody has or had, case by case: to a named successor, or free, so that a
supervisor allocates it afresh.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from client.failures import Denied, Nonsense, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client.door import Door
    from domain.record import Actor

NOT_ALLOWED = (
    "a supervisor allocates it: hand it over without a successor, and suggest one in the note"
)


@dataclass(frozen=True, slots=True)
class NotHandedOver:
    """A case that stays with whoever has it, and why: the others are handed over all the same."""

    case: str
    reasons: tuple[str, ...]


async def hand_over_each(
    door: Door,
    actor: Actor,
    left: str,
    cases: Sequence[str],
    *,
    after: str,
    to: str | None = None,
    note: str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[NotHandedOver]:
    """Hand over these cases of the practitioner `left`, one after the other; return those that
    cannot go to the successor `to`. Without one each is free, and that is never refused.

    `after` is the id of the command by which they left, or of the hand-over as a whole: what is
    handed over because of it has ids made from it, so that to repeat it after it was broken off
    does nothing twice. `note`, for whoever takes a case on, goes into the vault of each. Raises
    what the door raises.
    """
    name, given = _asked(left, to, note)
    stayed = []
    for number, case in enumerate(cases, 1):
        command_id = f"hand_over:{hashlib.sha256(f'{after} {case}'.encode()).hexdigest()[:32]}"
        try:
            await door.do(
                actor.id, actor.identified, name, given, stream=case, command_id=command_id
            )
        except (Denied, Refused, Nonsense) as error:
            if to is None:
                raise
            stayed.append(NotHandedOver(case, _reasons(error)))
        progress(number, len(cases))
    return stayed


def _asked(left: str, to: str | None, note: str | None) -> tuple[str, dict[str, Any]]:
    words = {} if note is None else {"note": note}
    if to is None:
        return "hand_over", {"practitioner": left, **words}
    return "hand_over_to", {"practitioner": left, "to": to, **words}


def _reasons(error: Denied | Refused | Nonsense) -> tuple[str, ...]:
    match error:
        case Refused():
            return tuple(f"{one.code}: {one.reason}" for one in error.refusals)
        case Nonsense():
            return tuple(error.problems)
        case _:
            return (NOT_ALLOWED,)
