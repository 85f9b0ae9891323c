"""Erasing: what was proposed and decided, what was found on the way, and that it is done.

Each holds ids and codes only. What was erased is nowhere told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from domain.changing import with_changes
from domain.event import CaseEvent
from domain.ids import PartyId
from domain.order import Ordered
from domain.personal_data import Erasing, Erasure, Keeping, Mention, Proposed
from domain.texts import CASE, TextId, TextRef
from domain.words import DataStep, ErasureGround, Extent, KeepingGround, Right

if TYPE_CHECKING:
    from typing import Any

    from domain.case import Case, When

KeyId = Annotated[str, Field(pattern=r"^K-[0-9A-HJKMNP-TV-Z]{16}$")]
Owner = Annotated[str, Field(pattern=r"^([VOSC][1-9][0-9]{0,2}|case)$")]


def changed(case: Case, party: str | None, **changes: Any) -> Case:
    """Return the case with these fields of what stands about somebody's data changed."""
    data, who = case.data, party or CASE
    one = with_changes(data.by_party.get(who, Keeping()), **changes)
    return case.changed(data=with_changes(data, by_party={**data.by_party, who: one}))


def followed(case: Case, party: str | None, ordered: Ordered | None, when: When) -> Case:
    """Return the case with it noted that what was ordered for all of a person's cases is done."""
    if ordered is None:
        return case
    known = case.data.of(party).followed
    done = {**known, ordered.dossier: (ordered.entry, when.version)}
    return changed(case, party, followed=done)


class AboutData(CaseEvent, abstract=True):
    """What happened with the data of one person, or of the case itself if none is named."""

    closes: ClassVar[bool] = True

    party: PartyId | None = None


class DataStepProposed(AboutData):
    """Somebody proposed what to do with the data."""

    step: DataStep

    def apply(self, case: Case, when: When) -> Case:
        """Somebody else decides."""
        return changed(case, self.party, proposed=Proposed(self.step, when.actor, when.recorded))


class ErasureDecided(AboutData):
    """The data-protection officer decided that the data are erased, and on what ground."""

    extent: Extent
    ground: ErasureGround
    reply: TextRef | None = None
    """None where it was decided for all of their cases at once: it stands in the dossier."""
    suppress: bool = False
    """Whether the matcher goes on knowing, by yes or no, that they asked not to be contacted."""
    ordered: Ordered | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is carried out now."""
        erasing = Erasing(
            when.version, self.extent, when.recorded, self.suppress, ordered=self.ordered
        )
        return changed(case, self.party, erasing=erasing, proposed=None)


class ErasureRefused(AboutData):
    """The data-protection officer decided that the data are not erased, and on what ground."""

    ground: KeepingGround
    reply: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """What was proposed is answered."""
        return changed(case, self.party, proposed=None)


class Named(BaseModel):
    """A text, and whose it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    text: TextId
    owner: Owner


class MentionsFound(AboutData):
    """Texts of others were found that may be about whoever is being erased."""

    mentions: tuple[Named, ...]
    more: bool = False
    """Whether there are more, still to be noted."""

    def apply(self, case: Case, when: When) -> Case:
        """Each waits for a person to look at it."""
        data, who = case.data, self.party or CASE
        new = {m.text: Mention(m.text, m.owner, who, when.recorded) for m in self.mentions}
        erasing = data.of(self.party).erasing
        looked = with_changes(erasing, looked=not self.more) if erasing else None
        case = case.changed(data=with_changes(data, mentions={**data.mentions, **new}))
        return changed(case, self.party, erasing=looked)


class PersonErased(AboutData):
    """The keys of the data were destroyed, and all that was under them deleted."""

    carries_out: ClassVar[frozenset[Right]] = frozenset({Right.ERASURE_OF_DATA, Right.OBJECTION})

    extent: Extent
    keys: tuple[KeyId, ...]
    decided: int = Field(ge=1)
    """The entry by which it was decided."""
    found: bool = False
    """Whether that by which they are found again was kept, under a key of its own."""
    suppress: bool = False

    def apply(self, case: Case, when: When) -> Case:
        """It is final when the last backup of its keys has expired."""
        done = Erasure(self.extent, when.recorded, self.keys, self.decided)
        erasures = (*case.data.of(self.party).erasures, done)
        # What somebody else's text says of them still waits; their own texts are gone.
        mentions = {t: m for t, m in case.data.mentions.items() if m.owner != (self.party or CASE)}
        erasing = case.data.of(self.party).erasing
        case = case.changed(data=with_changes(case.data, mentions=mentions))
        case = followed(case, self.party, erasing.ordered if erasing else None, when)
        return changed(case, self.party, erasing=None, erasures=erasures, keep_until=None)


class SuppressionFound(AboutData):
    """The matcher said yes: somebody like this person asked not to be contacted, and was erased."""

    closes: ClassVar[bool] = True
    is_work: ClassVar[bool] = False

    def apply(self, case: Case, when: When) -> Case:
        """Whoever is about to be in touch with them sees it first."""
        found = {**case.data.suppressed, self.party or CASE: when.recorded}
        return case.changed(data=with_changes(case.data, suppressed=found))


class MentionRedacted(CaseEvent):
    """What a text said of an erased person was taken out of it: another stands in its place."""

    closes: ClassVar[bool] = True

    text: TextId
    owner: Owner
    words: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """Whoever reads the one reads the other."""
        data = _answered(case, self.text)
        return case.changed(
            data=with_changes(data, redacted={**data.redacted, self.text: self.words})
        )


class MentionKept(CaseEvent):
    """A text of somebody else was looked at, and stays as it is, on this ground."""

    closes: ClassVar[bool] = True

    text: TextId
    ground: KeepingGround
    reasons: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is answered by that."""
        return case.changed(data=_answered(case, self.text))


def _answered(case: Case, text: str) -> Any:
    left = {name: one for name, one in case.data.mentions.items() if name != text}
    return with_changes(case.data, mentions=left)
