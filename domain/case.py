"""A case as it stands: what the fold of its events gives. Nothing here is stored.

A case is an incident with its parties and its threads. A thread is one victim and one offender; an
episode is one pass of a thread through the process. Choice, responsibility and risk live on the
episode, so that several people may choose differently and a return starts afresh.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any, TypeVar

from domain.changing import lean, with_changes
from domain.disclosed import Ledger
from domain.errors import Nonsense
from domain.pair import Approach, Ending, Episode, Permission, Risk, Side, Thread
from domain.party import BEFOREHAND, Attempt, Party
from domain.personal_data import PersonalData
from domain.when import Task, When
from domain.words import Initiator, InterventionState, InterventionType, Sensitivity, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.audited import Audit, Finding
    from domain.consulted import Consultation
    from domain.diary import Appointment, Out
    from domain.exchange import Intervention, Item, Letter, Question, ShuttleMessage
    from domain.handling import Handling
    from domain.hearing import Hearing
    from domain.linked import Linked
    from domain.merged import FollowUp, Merged, Received
    from domain.missed import MissedClock
    from domain.onward import Onward
    from domain.packs import Pack
    from domain.proposal import Proposal
    from domain.quality import Complaint
    from domain.texts import TextRef
    from domain.words import AdverseStep, Channel, Concern, Credential

__all__ = [
    "Approach",
    "Attempt",
    "Case",
    "Ending",
    "Episode",
    "Party",
    "Permission",
    "Risk",
    "Side",
    "Task",
    "Thread",
    "When",
    "latest",
    "wait_key",
]

T = TypeVar("T")


@lean
@dataclass(frozen=True)
class Case:
    """A case, folded from its events."""

    id: str
    version: int = 0
    head: str = ""
    opened_at: datetime | None = None
    opened_by: str | None = None
    origin: str = ""
    call_at: datetime | None = None
    """When a call was taken that leaves no case."""
    enquiry_at: datetime | None = None
    enquiry_ended: bool = False
    discussed_at: datetime | None = None
    referred_at: datetime | None = None
    reported_at: datetime | None = None
    accepted_at: datetime | None = None
    source: Source | None = None
    initiator: Initiator | None = None
    referrer: str | None = None
    brought_by: str | None = None
    """Who brought the referral, where that is not the referrer, who entered it."""
    referrer_told_at: datetime | None = None
    """When whoever referred it was told last that it has ended."""
    organisation: str = ""
    area: str = ""
    handling: Handling | None = None
    """Whose data these are, and under which law; None until it is opened."""
    historic: bool = False
    offence: TextRef | None = None
    sensitivity: Sensitivity = Sensitivity.UNCLASSIFIED
    classified_at: datetime | None = None
    endorsements: frozenset[Credential] = frozenset()
    """Those that it needs by name, where they were recorded before they stood in the vault."""
    specialist: bool = False
    """Whether it needs endorsements; which, is behind its class, in the vault."""
    behind: tuple[tuple[str, TextRef], ...] = ()
    """What its class rests on: the case in whose vault each document lies, and its reference."""
    offenders_wish_held: bool = False
    """Whether what the offender initiates waits for two people's leave before the victim hears."""
    case_worker: str | None = None
    lead: str | None = None
    lead_since: datetime | None = None
    co: str | None = None
    supervisor: str | None = None
    unallocated_since: datetime | None = None
    """When it lost its lead, if it had one."""
    ever_allocated: frozenset[str] = frozenset()
    """Everybody to whom it was ever allocated, or who acted as cover of one (`covered_by`)."""
    covered_by: frozenset[str] = frozenset()
    consultations: Mapping[str, Consultation] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)
    threads: Mapping[str, Thread] = field(default_factory=dict)
    interventions: Mapping[str, Intervention] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    letters: Mapping[str, Letter] = field(default_factory=dict)
    messages: Mapping[str, ShuttleMessage] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    """What was proposed to be agreed."""
    permissions: Mapping[str, Permission] = field(default_factory=dict)
    """By thread; what is missing is unknown, and counts as barred."""
    conflicted: frozenset[str] = frozenset()
    conflict_with: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By practitioner, the people whom a conflict of interest is about; none named means all."""
    no_conflict: frozenset[str] = frozenset()
    """Practitioners who have none in this case, as a supervisor decided, whatever another says."""
    tasks: Mapping[str, Task] = field(default_factory=dict)
    onward: Mapping[str, Onward] = field(default_factory=dict)
    """Referrals to partner services."""
    hearings: Mapping[str, Hearing] = field(default_factory=dict)
    appointments: Mapping[str, Appointment] = field(default_factory=dict)
    out: Mapping[str, Out] = field(default_factory=dict)
    """By practitioner, who is out on a visit."""
    packs: Mapping[str, Pack] = field(default_factory=dict)
    complaints: Mapping[str, Complaint] = field(default_factory=dict)
    """By the task that each is."""
    audits: Mapping[str, Audit] = field(default_factory=dict)
    """By the sample in which it was drawn to be audited."""
    findings: Mapping[str, Finding] = field(default_factory=dict)
    """What auditors found."""
    adverse: Mapping[str, frozenset[AdverseStep]] = field(default_factory=dict)
    """What was done after each adverse event, by the task that it is."""
    to_pass_on: Mapping[str, Task] = field(default_factory=dict)
    """Concerns of which it is not on record to whom they were passed on, or why not."""
    merged: Merged | None = None
    received: Mapping[str, Received] = field(default_factory=dict)
    """Cases of the same matter that go on in this one."""
    follow_up: FollowUp | None = None
    persons: Mapping[str, Linked] = field(default_factory=dict)
    """By party: the person that they are beyond this case."""
    data: PersonalData = field(default_factory=PersonalData)
    """What was decided about people's data."""
    ledger: Ledger = field(default_factory=Ledger)
    """What was passed on about people, and who is to hear that it was wrong."""
    not_the_same: frozenset[str] = frozenset()
    """Cases that were proposed to be the same matter, or merged, and are not."""
    resolution_at: datetime | None = None
    resolution_reviewed: bool = False
    missed: frozenset[tuple[str, str, str]] = frozenset()
    """Waits that were told to be overdue: name, subject, due."""
    clocks: Mapping[str, MissedClock] = field(default_factory=dict)
    """What the service did not do in time, and why, as far as somebody said."""
    entered_late_at: datetime | None = None
    """When something was last recorded later than the day on which it happened."""

    def party(self, party: str) -> Party:
        """Return this person. Raises `Nonsense` if they are not in the case."""
        return _found(self.parties, party, "person")

    def thread(self, thread: str) -> Thread:
        """Return this pair. Raises `Nonsense` if it is not in the case."""
        return _found(self.threads, thread, "pair")

    def intervention(self, intervention: str) -> Intervention:
        """Return this intervention. Raises `Nonsense` if it is not in the case."""
        return _found(self.interventions, intervention, "intervention")

    def question(self, question: str) -> Question:
        """Return this question. Raises `Nonsense` if it is not in the case."""
        return _found(self.questions, question, "question")

    def letter(self, letter: str) -> Letter:
        """Return this letter. Raises `Nonsense` if it is not in the case."""
        return _found(self.letters, letter, "letter")

    def message(self, message: str) -> ShuttleMessage:
        """Return this message. Raises `Nonsense` if it is not in the case."""
        return _found(self.messages, message, "message")

    def item(self, item: str) -> Item:
        """Return this agreed item. Raises `Nonsense` if it is not in the case."""
        return _found(self.items, item, "agreed item")

    def threads_of(self, party: str) -> tuple[Thread, ...]:
        """Return the pairs that this person is in."""
        return tuple(t for t in self.threads.values() if party in t.people)

    def open_threads_of(self, party: str) -> tuple[Thread, ...]:
        """Return the pairs of this person whose latest episode is under way."""
        return tuple([t for t in self.threads.values() if party in t.people and t.open])

    def is_proposed(self, other: str) -> bool:
        """Say whether it is asked here if another case is the same matter."""
        return any((t.kind, t.subject) == ("DUPLICATE", other) for t in self.tasks.values())

    def held(self, thread: str) -> tuple[Intervention, ...]:
        """Return what was held to its end in the pair's latest episode, earliest first.

        A local resolution on the spot never counts as held.
        """
        number = self.thread(thread).current.number
        completed = (
            i
            for i in self.interventions.values()
            if i.state is InterventionState.COMPLETED
            and i.type is not InterventionType.LOCAL_RESOLUTION
            and i.episodes.get(thread) == number
        )
        return tuple(sorted(completed, key=lambda i: (i.ended_at or i.planned_at, i.id)))

    def offender_began(self, thread: str) -> bool:
        """Say whether the pair's latest episode came about because the offender wished it."""
        pair = self.thread(thread)
        if pair.current.number > 1:
            return pair.current.asked_by == pair.offender
        asked_themselves = self.initiator is None and self.source is Source.OFFENDER_SELF
        return asked_themselves or self.initiator is Initiator.OFFENDER_INITIATED

    def is_held(self, thread: str) -> bool:
        """Say whether what the offender began in this pair waits for two people's leave before the
        victim hears of it; as long as nobody classified the case, it waits for that."""
        kind = self.offenders_wish_held or self.sensitivity is Sensitivity.UNCLASSIFIED
        return kind and self.offender_began(thread)

    def victim_began(self, thread: str) -> bool:
        """Say whether the pair's latest episode came about because the victim wished it."""
        pair = self.thread(thread)
        if pair.current.number > 1:
            return pair.current.asked_by == pair.victim
        asked_themselves = self.initiator is None and self.source is Source.VICTIM_SELF
        return asked_themselves or self.initiator is Initiator.VICTIM_INITIATED

    def is_the_victims_pace(self, thread: str) -> bool:
        """Say whether each step towards the offender waits for the victim's leave in this pair; as
        long as nobody classified the case, it does."""
        kind = self.offenders_wish_held or self.sensitivity is Sensitivity.UNCLASSIFIED
        return kind and self.victim_began(thread)

    @property
    def victims(self) -> tuple[Party, ...]:
        """The harmed people."""
        return tuple(p for p in self.parties.values() if p.is_victim)

    @property
    def offenders(self) -> tuple[Party, ...]:
        """The people responsible."""
        return tuple(p for p in self.parties.values() if p.is_offender)

    @property
    def facilitators(self) -> tuple[str, ...]:
        """Lead and co-facilitator, as far as they are named."""
        return tuple(p for p in (self.lead, self.co) if p)

    def changed(self, **changes: Any) -> Case:
        """Return the case with these fields changed."""
        return with_changes(self, **changes)

    def with_party(self, party: str, **changes: Any) -> Case:
        """Return the case with these fields of this person changed."""
        changed = with_changes(_found(self.parties, party, "person"), **changes)
        return with_changes(self, parties={**self.parties, party: changed})

    def in_touch(self, party: str, at: datetime, *, heard: bool = True) -> Case:
        """Return the case with it noted that this person and the service were in touch.

        A day that they had set for it, if it has come, is met by that. `heard` is whether they said
        something, or were only reached.
        """
        person = self.party(party)
        met = person.next_contact is not None and person.next_contact - BEFOREHAND <= at
        return self.with_party(
            party,
            last_contact=latest(person.last_contact, at),
            heard_at=latest(person.heard_at, at) if heard else person.heard_at,
            next_contact=None if met else person.next_contact,
        )

    def with_ways_closed(self, party: str, at: datetime, *channels: Channel) -> Case:
        """Return the case with these ways of reaching this person closed, since this moment."""
        person, shut = self.party(party), frozenset(channels)
        return self.with_party(
            party,
            safe_ways=None if person.safe_ways is None else person.safe_ways - shut,
            closed_ways=person.closed_ways | shut,
            ways_at=at,
        )

    def with_thread(self, thread: str, **changes: Any) -> Case:
        """Return the case with these fields of this pair changed."""
        changed = with_changes(self.thread(thread), **changes)
        return with_changes(self, threads={**self.threads, thread: changed})

    def with_episode(self, thread: str, **changes: Any) -> Case:
        """Return the case with these fields of the pair's latest episode changed."""
        episodes = self.thread(thread).episodes
        return self.with_thread(
            thread, episodes=(*episodes[:-1], with_changes(episodes[-1], **changes))
        )

    def with_side(self, thread: str, party: str, **changes: Any) -> Case:
        """Return the case with these fields of this person's side of the pair changed."""
        pair = self.thread(thread)
        name = "victim" if party == pair.victim else "offender"
        return self.with_episode(thread, **{name: with_changes(pair.side(party), **changes)})

    def with_task(
        self, kind: str, subject: str, when: When, concern: Concern | None = None
    ) -> Case:
        """Return the case with something more for a person to look at."""
        task = Task(f"T{when.version}", kind, subject, when.recorded, concern)
        return with_changes(self, tasks={**self.tasks, task.id: task})

    def with_one(self, kind: str, name: str, **changes: Any) -> Case:
        """Return the case with these fields of one of its `kind` (such as letters) changed.

        Raises `Nonsense` if it is not there."""
        things: Mapping[str, Any] = getattr(self, kind)
        one = with_changes(_found(things, name, kind.removesuffix("s")), **changes)
        return self.changed(**{kind: {**things, name: one}})


def wait_key(wait: str, subject: str, due: datetime | None) -> tuple[str, str, str]:
    """Return what tells one wait from any other, its date included."""
    return wait, subject, due.astimezone(UTC).isoformat() if due else ""


def latest(known: datetime | None, moment: datetime) -> datetime:
    """Return the later of what is known, if anything is, and this moment."""
    return moment if known is None else max(known, moment)


def _found(among: Mapping[str, T], key: str, what: str) -> T:
    if key not in among:
        raise Nonsense(f"there is no {what} {key} in this case")
    return among[key]
