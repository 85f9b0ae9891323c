"""Whether, when and how it is welcome that somebody is tried: by the rules of an attempt, asked
beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.commands.people import RecordContactAttempt
from domain.decide import Refused, decide
from domain.fold import fold
from domain.rules.pressing import unanswered
from domain.words import Channel, ContactOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.asking import Asking
    from domain.contact_plan import ContactPlan
    from domain.message import Refusal
    from domain.party import Attempt
    from domain.record import Entry


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reaching somebody, and what speaks against using it now."""

    channel: Channel
    against: tuple[Refusal, ...]
    """Nothing, if it is welcome."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What whoever is about to be in touch with a person is to know."""

    party: str
    ways: tuple[Way, ...]
    against: tuple[Refusal, ...]
    """What speaks against every way there is."""
    attempts: tuple[Attempt, ...]
    """Every attempt so far: when, by which way, what came of it, and by whom."""
    unanswered: int
    """How many of them count in the present contact plan."""
    plan: ContactPlan
    """How many it has, by how many ways, and how many working days apart."""


def welcome(history: Sequence[Entry], party: str, asking: Asking) -> Welcome:
    """Return how welcome it is that this actor tries to reach somebody now.

    `asking` has who they are, the moment, and what the person said in other cases. Raises
    `Nonsense` if there is no such person.
    """
    case = fold(history)
    person = case.party(party)
    ways = tuple(Way(one, _against(history, party, one, asking)) for one in Channel)
    everywhere = [refusal for refusal in ways[0].against if all(refusal in w.against for w in ways)]
    return Welcome(
        party=party,
        ways=tuple(Way(w.channel, _but(w.against, everywhere)) for w in ways),
        against=tuple(everywhere),
        attempts=person.attempts,
        unanswered=len(unanswered(case, person, asking.at)),
        plan=asking.contact_plan,
    )


def _against(
    history: Sequence[Entry], party: str, channel: Channel, asking: Asking
) -> tuple[Refusal, ...]:
    command = RecordContactAttempt(party=party, channel=channel, outcome=ContactOutcome.NO_RESPONSE)
    decision = decide(history, command, asking)
    return decision.refusals if isinstance(decision, Refused) else ()


def _but(some: Sequence[Refusal], others: Sequence[Refusal]) -> tuple[Refusal, ...]:
    return tuple(one for one in some if one not in others)
