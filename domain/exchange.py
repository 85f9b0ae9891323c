"""What passes between people: interventions, questions, letters, messages and agreed items."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.texts import TextRef
    from domain.words import (
        InterventionState,
        InterventionType,
        ItemKind,
        ItemState,
        LetterOnDeath,
        LetterState,
        MessageState,
        NotDone,
        NotPut,
        QuestionState,
    )


@dataclass(frozen=True)
class Intervention:
    """One meeting, written exchange or shuttle exchange, in one or several threads."""

    id: str
    type: InterventionType
    threads: tuple[str, ...]
    state: InterventionState
    planned_at: datetime
    since: datetime
    """When it came into this state."""
    episodes: Mapping[str, int] = field(default_factory=dict)
    """For each thread, the number of the episode that it was planned in."""
    for_when: datetime | None = None
    pencilled_for: datetime | None = None
    """A first date that each agreed to keep free, before everything is ready; nothing is fixed."""
    was_pencilled: bool = False
    """Whether it ever had such a date: each is then asked again once a date is fixed."""
    by_video: bool = False
    recorded: bool = False
    recordable: frozenset[str] = frozenset()
    """Who of those invited agreed that it may be recorded."""
    attending: frozenset[str] = frozenset()
    """Supporters, community members, interpreters and others besides the people of the threads."""
    left: frozenset[str] = frozenset()
    """Who was there besides them, and left before it was over."""
    agreed: Mapping[str, datetime] = field(default_factory=dict)
    """Who of those invited agreed in writing to come, and to keep what is said to themselves."""
    suitable: Mapping[str, bool] = field(default_factory=dict)
    """What was found of each of those invited."""
    told_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each person of the pairs, of whose coming they were told."""
    prepared: Mapping[str, datetime] = field(default_factory=dict)
    willing: Mapping[str, datetime] = field(default_factory=dict)
    """Who said, on the day or when it was fixed, that they want it; and when."""
    checked: Mapping[int, datetime] = field(default_factory=dict)
    """Items of the preparation checklist that are true, or do not apply with a reason, and when
    each was last looked at."""
    facilitators: tuple[str, ...] = ()
    began_at: datetime | None = None
    ended_at: datetime | None = None
    debriefed: frozenset[str] = frozenset()
    knows: frozenset[str] = frozenset()
    """Who knows that it was put off or cancelled."""

    @property
    def over(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self.ended_at is not None


@dataclass(frozen=True)
class Question:
    """A question of one person to the other, and what became of it."""

    id: str
    thread: str
    asker: str
    state: QuestionState
    words: TextRef
    asker_stands_by_it: bool = True
    """Nothing happened since it was worded that means asking them again."""
    intervention: str | None = None
    not_put: NotPut | None = None
    answer: TextRef | None = None
    author_stands_by_it: bool = False
    """The one who answered stands by the answer as it was reviewed."""


@dataclass(frozen=True)
class Letter:
    """A letter in the service's custody: its author's until delivered, then its recipient's."""

    id: str
    thread: str
    author: str
    state: LetterState
    words: TextRef
    episode: int
    """Of the thread, in which it was last drafted, approved or delivered."""
    reviewed: bool = False
    author_stands_by_it: bool = False
    wanted: bool = False
    """The recipient said that they want to have it."""
    asked_for_at: datetime | None = None
    """When they last said so."""
    reply_to: str | None = None
    """The letter that it answers, if any."""
    asked_at: datetime | None = None
    """When whoever it belongs to was last asked what they want with it."""
    on_death: LetterOnDeath | None = None
    """What whoever it belongs to wishes to be done with it, should they die."""


@dataclass(frozen=True)
class ShuttleMessage:
    """One message by word of mouth: what may be said, agreed with the one who says it."""

    id: str
    intervention: str
    thread: str
    sayer: str
    state: MessageState
    note: TextRef


@dataclass(frozen=True)
class Item:
    """One thing that was agreed."""

    id: str
    thread: str
    episode: int
    owner: str
    kind: ItemKind
    state: ItemState
    since: datetime
    """When it was agreed, or when what became of it was last recorded."""
    due: datetime | None = None
    what: TextRef | None = None
    monitor: str | None = None
    """The practitioner who looks after it, where one was named."""
    not_done: NotDone | None = None
    told: bool = False
    """Whether the harmed person was told what became of it."""
