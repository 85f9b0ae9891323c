"""Erasing somebody's data: proposed by one, decided by the data-protection officer, carried out by
the service; and looking at what others' texts say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.suspending import How, suspended
from domain.errors import Nonsense
from domain.events import erasing as happened
from domain.events.ending import ThreadEnded
from domain.events.erasing import KeyId, Named, Owner
from domain.held import texts_of
from domain.ids import PartyId
from domain.personal_data import stays_found, whose
from domain.texts import CASE, OwnedBy, TextId, TextRef
from domain.words import Act, DataStep, EndReason, ErasureGround, Extent, KeepingGround

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.personal_data import Erasing

Note = Annotated[TextRef, OwnedBy(CASE)]
Reply = Annotated[TextRef, OwnedBy(CASE)]


class _AboutData(CaseCommand, abstract=True):
    party: PartyId | None = Field(
        default=None, description="whose data; what is nobody's in particular if left out"
    )


class ProposeDataStep(_AboutData):
    """Propose what to do with somebody's data; the data-protection officer decides."""

    act: ClassVar[Act] = Act.INFORM
    assessment: ClassVar[bool] = True

    step: DataStep = Field(description="what is proposed")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the proposal."""
        whose(asking.now, self.party)
        return (happened.DataStepProposed(party=self.party, step=self.step),)


class DecideErasure(_AboutData):
    """Decide that somebody's data are erased: their keys are destroyed at once, and for good."""

    act: ClassVar[Act] = Act.DECIDE_ON_DATA
    assessment: ClassVar[bool] = True

    extent: Extent = Field(
        default=Extent.ALL,
        description="everything, or the story only: then they can be found again",
    )
    ground: ErasureGround
    reply: Reply = Field(description="what they are told of it in writing")
    suppress: bool = Field(
        default=False,
        description="whether the matcher goes on knowing, by yes or no, that they asked not to be "
        "contacted",
    )
    told_of_it: bool = Field(
        default=False, description="whether they were told that this is kept of them"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the decision; pairs of theirs that are under way end with it."""
        now = asking.now
        who = whose(now, self.party)
        if who in now.data.being_erased:
            raise Nonsense("this is being erased already")
        yield from ended(now, self.party, asking)
        yield happened.ErasureDecided(
            party=self.party,
            extent=self.extent,
            ground=self.ground,
            reply=self.reply,
            suppress=self.suppress,
        )


class RefuseErasure(_AboutData):
    """Decide that somebody's data are not erased, on what ground, and what they are told of it."""

    act: ClassVar[Act] = Act.DECIDE_ON_DATA
    assessment: ClassVar[bool] = True

    ground: KeepingGround
    reply: Reply = Field(description="what they are told in writing, and how to complain")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the refusal."""
        if whose(asking.now, self.party) in asking.now.data.being_erased:
            raise Nonsense("this is being erased already")
        return (happened.ErasureRefused(party=self.party, ground=self.ground, reply=self.reply),)


class NoteMentions(_AboutData):
    """Note which texts of others may be about whoever is being erased: the service looked."""

    act: ClassVar[Act] = Act.BY_THE_SERVICE
    protective: ClassVar[bool] = True

    mentions: tuple[Named, ...] = ()
    more: bool = False

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what was found; nothing, if it is known or nobody is being erased."""
        erasing = asking.now.data.of(self.party).erasing
        if erasing is None or erasing.looked:
            return ()
        return (happened.MentionsFound(party=self.party, mentions=self.mentions, more=self.more),)


class NoteErased(_AboutData):
    """Note that an erasure was carried out: the service did, and destroyed these keys."""

    act: ClassVar[Act] = Act.BY_THE_SERVICE
    protective: ClassVar[bool] = True

    keys: tuple[KeyId, ...] = ()

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is done; nothing, if it is known."""
        erasing: Erasing | None = asking.now.data.of(self.party).erasing
        if erasing is None:
            return ()
        return (
            happened.PersonErased(
                party=self.party,
                extent=erasing.extent,
                keys=self.keys,
                decided=erasing.entry,
                found=stays_found(asking.now, self.party, erasing.extent),
                suppress=erasing.suppress,
            ),
        )


class ReportSuppression(_AboutData):
    """Report that somebody like this person asked not to be contacted, as the matcher does."""

    act: ClassVar[Act] = Act.BY_THE_SERVICE
    protective: ClassVar[bool] = True

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was found; nothing, if it is known."""
        if self.party is None or self.party in asking.now.data.suppressed:
            return ()
        case.party(self.party)
        return (happened.SuppressionFound(party=self.party),)


class ReportMention(CaseCommand):
    """Have a text looked at that may be about somebody who is erased, or asks to be, and that
    nobody found: they may be nobody of this case (rj rights search)."""

    act: ClassVar[Act] = Act.DECIDE_ON_DATA

    text: TextId
    owner: Owner = Field(description="whose text it is")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it waits for a person; nothing, if it does. Raises `Nonsense` for a text that
        is not of this case, and while the case's own data are being erased."""
        now = asking.now
        if now.data.of(None).erasing is not None:
            raise Nonsense("the data of this case are being erased: ask again in a moment")
        texts = {ref.id for entry in asking.history for _, ref in texts_of(entry)}
        if self.text not in texts or self.text in now.data.redacted:
            raise Nonsense(f"there is no text {self.text} here")
        if self.text in now.data.mentions:
            return ()
        named = Named(text=self.text, owner=self.owner)
        return (happened.MentionsFound(mentions=(named,)),)


class RedactMention(CaseCommand):
    """Put another text in the place of one that is about an erased person; the old one is gone."""

    act: ClassVar[Act] = Act.DECIDE_ON_DATA

    text: TextId
    owner: Owner = Field(description="whose text it is")
    words: Annotated[TextRef, OwnedBy("owner")] = Field(
        description="the same, without what was about the person"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the redaction. Raises `Nonsense` for a text that waits for nobody."""
        if _mention(asking.now, self.text).owner != self.owner:
            raise Nonsense(f"{self.text} is not theirs")
        return (happened.MentionRedacted(text=self.text, owner=self.owner, words=self.words),)


class KeepMention(CaseCommand):
    """Keep somebody's text as it is, though an erased person is mentioned in it, and say why."""

    act: ClassVar[Act] = Act.DECIDE_ON_DATA
    assessment: ClassVar[bool] = True

    text: TextId
    ground: KeepingGround
    reasons: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision. Raises `Nonsense` for a text that waits for nobody."""
        _mention(asking.now, self.text)
        return (happened.MentionKept(text=self.text, ground=self.ground, reasons=self.reasons),)


def _mention(case: Case, text: str) -> Any:
    if text not in case.data.mentions:
        raise Nonsense(f"no text {text} waits to be looked at here")
    return case.data.mentions[text]


def ended(case: Case, party: str | None, asking: Asking) -> Iterator[CaseEvent | At]:
    """Yield the end of every pair of this person that is under way: nobody can be reached."""
    threads = tuple(t.id for t in case.open_threads_of(party)) if party else ()
    if not threads or party is None:
        return
    yield from suspended(case, threads, How.FOR_GOOD, asking.at, party=party)
    for thread in threads:
        yield At(ThreadEnded(thread=thread, reason=EndReason.DATA_ERASED), asking.at)
