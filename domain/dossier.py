"""An entry of the data-protection register: a request, a breach, or a request for notes.

Each is a stream of its own, so that it has its own clock and ends by itself, may be about several
cases or about none, and stays whole when what it was about is erased. Who asked and what was said
is in the vault, under the dossier's own key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.changing import with_changes
from domain.errors import Nonsense
from domain.ids import CaseId, PartyId
from domain.words import Capacity, RightsDecision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from domain.case import When
    from domain.order import Order
    from domain.personal_data import Erasing, Erasure
    from domain.words import (
        AskedBack,
        BreachKind,
        BreachRisk,
        DossierKind,
        Handed,
        ItemGround,
        NotTold,
        Recipient,
        Right,
        RightsGround,
    )

ItemId = Annotated[
    str,
    StringConstraints(
        pattern=r"^RJ-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z*~$=U]:"
        r"([1-9][0-9]{0,5}|T-[0-9A-HJKMNP-TV-Z]{16})$"
    ),
]
"""How an item of a case is named that is held of somebody: the case, and the entry or the text."""
HeldId = Annotated[
    str,
    StringConstraints(
        pattern=r"^(RJ|DP)-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z*~$=U]:"
        r"([1-9][0-9]{0,5}|T-[0-9A-HJKMNP-TV-Z]{16})$"
    ),
]
"""The same, of a case or of another entry of this register."""
GIVES = frozenset({RightsDecision.WHOLLY_GRANTED, RightsDecision.PARTLY_GRANTED})
"""The decisions after which something of what was asked is done."""
DOES = GIVES | {RightsDecision.RESTRICTED_INSTEAD}
"""Those after which something is done at all."""


class Subject(BaseModel):
    """Somebody whom it is about, as they appear in a case."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    case: CaseId
    party: PartyId = Field(description="their name there")


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of one item in which others are, too, and by which entry."""

    handed: Handed
    ground: ItemGround
    version: int


@dataclass(frozen=True)
class Request:
    """A request of somebody about what is kept of them."""

    right: Right
    capacity: Capacity
    identified_at: datetime | None = None
    asked_back: Mapping[AskedBack, datetime] = field(default_factory=dict)
    """What whoever asked was asked, and since when the answer is awaited."""
    begins_at: datetime | None = None
    """When the month begins, if not with the request: when they said who they are."""
    days_out: int = 0
    """Days that do not count, while it was awaited which data they mean."""
    extended_at: datetime | None = None
    decision: RightsDecision | None = None
    ground: RightsGround | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    items: Mapping[str, Decided] = field(default_factory=dict)
    put_in: tuple[str, ...] = ()
    """Texts of others' records in which they are described, that somebody found and put in."""
    copied_at: datetime | None = None
    carried_out: tuple[tuple[str, int], ...] = ()
    """Where what was decided was done: case and entry."""
    order: Order | None = None
    """What is to be done in all of their cases, where that was decided at once."""
    answered_at: datetime | None = None
    withdrawn: bool = False

    @property
    def is_known_who_asks(self) -> bool:
        """Whether it was made sure who asks; there is nobody to be known where nobody asks."""
        return self.identified_at is not None or self.capacity is Capacity.SERVICE_ITSELF


@dataclass(frozen=True)
class Breach:
    """A breach of personal data, since somebody of the service became aware of it."""

    kind: BreachKind
    risk: BreachRisk | None = None
    assessed_at: datetime | None = None
    notified_at: datetime | None = None
    people_told_at: datetime | None = None
    not_told: NotTold | None = None


@dataclass(frozen=True)
class NotesRequest:
    """A request of police, defence or somebody else for what is kept."""

    by: Recipient
    necessary: bool | None = None
    proportionate: bool | None = None
    decision: RightsDecision | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    given: tuple[tuple[str, int], ...] = ()
    """By which entries of which cases it is on record what was given."""
    answered_at: datetime | None = None


Part = TypeVar("Part", Request, Breach, NotesRequest)


@dataclass(frozen=True)
class Dossier:
    """One entry of the register, folded from its own stream."""

    id: str
    version: int = 0
    head: str = ""
    kind: DossierKind | None = None
    opened_at: datetime | None = None
    """When it was received, or somebody became aware of it."""
    opened_by: str | None = None
    subjects: tuple[Subject, ...] = ()
    request: Request | None = None
    breach: Breach | None = None
    notes: NotesRequest | None = None
    closed_at: datetime | None = None
    closing_recorded: datetime | None = None
    """When it was put on record that it is closed: what its words are kept for runs from here."""
    keep_until: date | None = None
    """When it is looked at again whether its words are needed, where somebody decided so."""
    erasing: Erasing | None = None
    """That its words are erased, decided and not done."""
    erased: Erasure | None = None
    barred: frozenset[str] = frozenset()
    """Everybody who has a conflict of interest in a case that it is about: asked by the gate of the
    cases as they are now, and in no entry of this stream."""
    missed: frozenset[tuple[str, str, str]] = frozenset()
    """What was told not to be done in time: name, subject, due."""

    @property
    def open(self) -> bool:
        """Whether something of it is still to be done."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def has_words(self) -> bool:
        """Whether nobody decided that its words are erased."""
        return self.erasing is None and self.erased is None

    @property
    def names_nobody(self) -> bool:
        """Whether it has words, and it is not on record whom they are about."""
        return self.has_words and not self.subjects

    def closed(self, when: When) -> Dossier:
        """Return it closed. A day that was typed closes it for whoever asked; the time for which it
        proves what was done runs from the recording, which nobody can put back."""
        return self.changed(closed_at=when.effective, closing_recorded=when.recorded)

    def changed(self, **changes: Any) -> Dossier:
        """Return the dossier with these fields changed."""
        return with_changes(self, **changes)

    def the_request(self) -> Request:
        """Return the request that it is. Raises `Nonsense` if it is none, or is closed."""
        return _there(self, self.request, "a request of somebody about what is kept of them")

    def the_breach(self) -> Breach:
        """Return the breach that it is. Raises `Nonsense` if it is none, or is closed."""
        return _there(self, self.breach, "a breach of personal data")

    def the_notes(self) -> NotesRequest:
        """Return the request for notes that it is. Raises `Nonsense` if it is none, or is over."""
        return _there(self, self.notes, "a request for notes")

    def with_request(self, **changes: Any) -> Dossier:
        """Return it with these fields of the request changed."""
        return self.changed(request=with_changes(self.request, **changes))

    def with_breach(self, **changes: Any) -> Dossier:
        """Return it with these fields of the breach changed."""
        return self.changed(breach=with_changes(self.breach, **changes))

    def with_notes(self, **changes: Any) -> Dossier:
        """Return it with these fields of the request for notes changed."""
        return self.changed(notes=with_changes(self.notes, **changes))


def _there(dossier: Dossier, part: Part | None, what: str) -> Part:
    if part is None:
        raise Nonsense(f"{dossier.id} is not {what}")
    if not dossier.open:
        raise Nonsense(f"{dossier.id} is closed")
    return part
