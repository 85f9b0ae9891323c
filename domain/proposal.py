"""One thing that somebody proposed to agree on. It binds nobody until all whom it concerns said yes
to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.changing import with_changes
from domain.errors import Nonsense
from domain.words import ItemState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.case import Case
    from domain.texts import TextRef
    from domain.words import ItemKind


@dataclass(frozen=True)
class Proposal:
    """What was proposed, by whom, and who has said yes to it so far."""

    id: str
    thread: str
    episode: int
    by: str
    """Who proposed it; their own yes to it is asked like everybody else's."""
    owner: str
    """Who would undertake it."""
    kind: ItemKind
    since: datetime
    due: datetime | None = None
    what: TextRef | None = None
    monitor: str | None = None
    said_yes: Mapping[str, datetime] = field(default_factory=dict)
    state: ItemState = ItemState.PROPOSED
    """Then agreed; or lapsed, if somebody said no to it; or varied, if another answered it."""

    @property
    def open(self) -> bool:
        """Whether it is still a proposal."""
        return self.state is ItemState.PROPOSED


def proposal(case: Case, name: str) -> Proposal:
    """Return this proposal. Raises `Nonsense` if there is none."""
    if name not in case.proposals:
        raise Nonsense(f"there is no proposal {name} in this case")
    return case.proposals[name]


def now(case: Case, name: str, state: ItemState) -> Case:
    """Return the case with this proposal in another state, if it is there and still open."""
    one = case.proposals.get(name)
    if one is None or not one.open:
        return case
    return case.changed(proposals={**case.proposals, name: with_changes(one, state=state)})


def concerned(case: Case, one: Proposal) -> frozenset[str]:
    """Return everybody whose yes it needs: both people of the pair, and whoever undertakes it."""
    return frozenset({*case.thread(one.thread).people, one.owner})


def agrees(case: Case, one: Proposal, party: str) -> bool:
    """Say whether this person said yes to it, with no other choice of theirs since."""
    thread, at = case.thread(one.thread), one.said_yes.get(party)
    if at is None or party not in thread.people:
        return at is not None
    side = thread.side(party)
    return side.consents and side.chosen_at is not None and at >= side.chosen_at
