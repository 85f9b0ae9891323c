"""What was decided about somebody's data in a case: to erase them, or keep them without use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.changing import lean
from domain.texts import CASE
from domain.words import Extent, FutureOffers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from domain.case import Case
    from domain.order import Ordered
    from domain.texts import TextRef
    from domain.words import Authority, DataStep, RestrictionGround

FOLLOWED = (
    "data_restricted",
    "dossier_erased",
    "dossier_erasure_decided",
    "erasure_decided",
    "mention_redacted",
    "person_erased",
    "restriction_lifted",
)
"""The names of the events that the vault has to follow, again too when an old backup of it was put
back: the log finds them by an index of their own."""


@dataclass(frozen=True)
class Proposed:
    """What somebody proposed to do with the data; another decides."""

    step: DataStep
    by: str
    since: datetime


@dataclass(frozen=True)
class Restriction:
    """Kept, and not used: why, at whose word, and when it is looked at again."""

    ground: RestrictionGround
    authority: Authority
    review_on: date
    since: datetime
    by: str


@dataclass(frozen=True)
class Erasing:
    """An erasure that was decided and is being carried out."""

    entry: int
    """The version of the case at which it was decided: what its steps are named by."""
    extent: Extent
    since: datetime
    suppress: bool = False
    """Whether the matcher goes on knowing, by yes or no, that they asked not to be contacted."""
    looked: bool = False
    """Whether others' texts were looked through for them."""
    ordered: Ordered | None = None
    """Where it was decided for all of their cases at once."""


@dataclass(frozen=True)
class Erasure:
    """An erasure that was carried out."""

    extent: Extent
    at: datetime
    keys: tuple[str, ...]
    """The ids of the keys that were destroyed."""
    decided: int


@dataclass(frozen=True)
class Mention:
    """A text of somebody else that may be about whoever was erased: a person looks at it."""

    text: str
    owner: str
    about: str
    since: datetime


@dataclass(frozen=True)
class Keeping:
    """What stands about the data of one person of a case, or of the case itself."""

    proposed: Proposed | None = None
    restriction: Restriction | None = None
    erasing: Erasing | None = None
    erasures: tuple[Erasure, ...] = ()
    followed: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By dossier, the entry there that ordered it for all of their cases, and the entry here by
    which it is done."""
    keep_until: date | None = None
    """When it is looked at again whether it is still needed, where somebody decided so."""

    @property
    def gone(self) -> Extent | None:
        """Return how much of it was destroyed last; None if nothing was."""
        return self.erasures[-1].extent if self.erasures else None


@lean
@dataclass(frozen=True)
class PersonalData:
    """What stands about everybody's data in a case."""

    by_party: Mapping[str, Keeping] = field(default_factory=dict)
    """By person, or `case` for what is nobody's in particular."""
    mentions: Mapping[str, Mention] = field(default_factory=dict)
    """By text: those that nobody has looked at yet."""
    redacted: Mapping[str, TextRef] = field(default_factory=dict)
    """By text: what stands in its place."""
    suppressed: Mapping[str, datetime] = field(default_factory=dict)
    """By person: when the matcher said that somebody like them asked not to be contacted, before
    everything else that was held of them was erased."""

    def of(self, party: str | None) -> Keeping:
        """Return what stands about this person's data; about the case's own without one."""
        return self.by_party.get(party or CASE, Keeping())

    @property
    def restricted(self) -> frozenset[str]:
        """Whose data are kept and not used."""
        return frozenset(who for who, one in self.by_party.items() if one.restriction)

    @property
    def being_erased(self) -> Mapping[str, Erasing]:
        """By person, the erasures that are decided and not done."""
        return {who: one.erasing for who, one in self.by_party.items() if one.erasing}


def stays_found(case: Case, party: str | None, extent: Extent) -> bool:
    """Say whether that by which somebody is found again stays when this much is destroyed."""
    person = case.parties.get(party or "")
    return (
        extent is Extent.STORY
        and person is not None
        and person.later_offers is not FutureOffers.REFUSED
    )


def whose(case: Case, party: str | None) -> str:
    """Return whose data it is about: the person's, or the case's own. Raises `Nonsense`."""
    return CASE if party is None else case.party(party).id
