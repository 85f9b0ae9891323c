"""Who asks, when, and what was known of the world on the day: what a decision is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from domain.case import Case
from domain.command import Command, StreamKind
from domain.contact_plan import USUAL, ContactPlan
from domain.covering import covers
from domain.errors import Nonsense
from domain.ids import CaseId, PartyId
from domain.matrix import DEFAULT, Matrix
from domain.practitioner import SERVICE, Practitioner, system
from domain.record import Actor, Entry
from domain.retention import Retention
from domain.words import Act

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.event import CaseEvent, DossierEvent, PersonEvent, PractitionerEvent
    from domain.person import Elsewhere, Person
    from domain.words import InterventionType


@dataclass(frozen=True, slots=True)
class Asking:
    """The circumstances of one command. Nothing else from outside reaches a decision."""

    actor: Actor
    origin: str
    at: datetime
    """Now, by the workflow's clock, UTC."""
    command_id: str
    practitioners: Mapping[str, Practitioner] = field(default_factory=dict)
    """By reference, as they were when the act took place: the actor's and those that the command
    names."""
    signed_in: Practitioner | None = None
    """The actor as they are now; as they were then, if left out."""
    covers: frozenset[str] = frozenset()
    """Whom of those allocated the actor stands in for now, where only so they may do this."""
    versions: Mapping[str, int] = field(default_factory=dict)
    """Of the other streams that the decision rests on."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the vault says today, by text id; what is missing means the stricter value."""
    cases: Mapping[str, Case] = field(default_factory=dict)
    """Other cases that the command names, as they are now, by reference."""
    dossiers: Mapping[str, Dossier] = field(default_factory=dict)
    """Entries of the data-protection register that the command names, by reference."""
    barred: frozenset[str] = frozenset()
    """Who has a conflict of interest in a case that an entry of the register is about."""
    persons: Mapping[str, Person] = field(default_factory=dict)
    """Streams of persons that the command is about, by reference."""
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    """By person of this case, what they said in other cases; who is in no other is left out."""
    linked_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By person of this case, who linked them with it from another one."""
    history: Sequence[Entry] = ()
    """The stream's entries, all that are known."""
    effective: datetime | None = None
    """When what is asked took effect, once the decision has settled it."""
    matrix: Matrix = DEFAULT
    """Which training each act asks for, and what keeps it in date, by this installation."""
    forms: frozenset[InterventionType] = frozenset()
    """What this area offers besides what every area does."""
    contact_plan: ContactPlan = USUAL
    """How often somebody is tried, and offered the same, by this installation."""
    retention: Retention = field(default_factory=Retention)
    """For how long data are kept before somebody looks, by this installation."""
    now: Case = field(default_factory=lambda: Case(id=""))
    """The case as it is now, whatever moment the act is judged at."""

    @property
    def on(self) -> datetime:
        """The moment that the act is judged at."""
        return self.effective or self.at

    @property
    def who(self) -> Practitioner:
        """The actor as they were when the act took place: trained and in date, or not.

        Raises `Nonsense` for somebody not registered.
        """
        if self.actor.id.startswith(SERVICE):
            return system(self.actor.id.removeprefix(SERVICE))
        return self.practitioner(self.actor.id)

    @property
    def who_now(self) -> Practitioner:
        """The actor as they are now: whether they may act here is asked of today."""
        now = self.signed_in.on(self.at) if self.signed_in else self.who
        return now.changed(covers=self.covers) if self.covers else now

    @property
    def actor_now(self) -> Practitioner | None:
        """The actor as the register has them; None for a system."""
        return self.signed_in or self.practitioners.get(self.actor.id)

    def practitioner(self, reference: str) -> Practitioner:
        """Return a practitioner that the command names. Raises `Nonsense` if there is none."""
        if reference not in self.practitioners:
            raise Nonsense(f"there is no practitioner {reference} in the register")
        return self.practitioners[reference].on(self.on)

    def known(self, reference: str | None) -> Practitioner | None:
        """Return this practitioner with what they hold on the day; None if there is none."""
        if reference is None or reference not in self.practitioners:
            return None
        return self.practitioner(reference)

    def in_place_of(self, reference: str | None) -> Practitioner | None:
        """Return whoever acts in somebody's place on the day: themselves, or who covers for them;
        None if there is no such practitioner."""
        who = self.known(reference)
        absence = who.away(self.on) if who else None
        cover = self.known(absence.cover) if absence else None
        return cover if who and cover and covers(cover, who, self.on) else who

    def number(self, letter: str, field: str) -> str:
        """Return the next free name, such as Q3, for what events name in this field.

        A name is never given twice, whatever was entered late or in error.
        """
        names = (getattr(e.event, field, None) for e in self.history)
        taken = (int(n[1:]) for n in names if isinstance(n, str) and n.startswith(letter))
        return f"{letter}{max(taken, default=0) + 1}"


@dataclass(frozen=True, slots=True)
class At:
    """What follows from a command at another moment than the command itself."""

    event: CaseEvent
    effective: datetime


class CaseCommand(Command, abstract=True):
    """What may be asked of a case."""

    act: ClassVar[Act]
    """What the actor must be trained and permitted for, on the day it is done."""
    assessment: ClassVar[bool] = False
    """Whether what it records is the actor's assessment rather than a fact."""

    def setting(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:  # noqa: ARG002
        """Return what is true even if a rule speaks against the rest: the case and its people."""
        return ()

    def fits(self, case: Case) -> bool:  # noqa: ARG002
        """Say whether it fits how far things have come. Raises `Nonsense` for what is not there."""
        return True

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return what happened, once the rules have let it pass. Raises `Nonsense`."""
        raise NotImplementedError(self.name())


class PractitionerCommand(Command, abstract=True):
    """What may be asked of the register of practitioners."""

    stream: ClassVar[StreamKind] = StreamKind.PRACTITIONER
    act: ClassVar[Act] = Act.KEEP_REGISTER
    assessment: ClassVar[bool] = False

    def names_cases(self) -> frozenset[str]:
        """Return the cases that it names."""
        return frozenset()

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return what happened, once the rules have let it pass. Raises `Nonsense`."""
        raise NotImplementedError(self.name())


class PersonCommand(Command, abstract=True):
    """What may be asked of the stream of a person. Each only notes what other streams say."""

    stream: ClassVar[StreamKind] = StreamKind.PERSON
    act: ClassVar[Act] = Act.BY_THE_SERVICE
    protective: ClassVar[bool] = True
    assessment: ClassVar[bool] = False

    case: CaseId = Field(description="a case in which they appear")
    party: PartyId = Field(description="their name there")

    def names_cases(self) -> frozenset[str]:
        """Return the cases that it names."""
        return frozenset({self.case})

    def events(self, person: Person, asking: Asking) -> Iterable[PersonEvent]:
        """Return what is noted; nothing, as long as the case does not say so."""
        raise NotImplementedError(self.name())


class DossierCommand(Command, abstract=True):
    """What may be asked of the data-protection register."""

    stream: ClassVar[StreamKind] = StreamKind.DOSSIER
    act: ClassVar[Act] = Act.DECIDE_DATA
    assessment: ClassVar[bool] = False
    of_open: ClassVar[bool] = True
    of_closed: ClassVar[bool] = False
    """Whether it is asked of an entry that is open, and of one that is closed."""

    def names_cases(self) -> frozenset[str]:
        """Return the cases that it names."""
        named = {one.case for one in getattr(self, "about", ())}
        return frozenset(named | {case for case in (getattr(self, "case", None),) if case})

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return what happened, once the rules have let it pass. Raises `Nonsense`."""
        raise NotImplementedError(self.name())
