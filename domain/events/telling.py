"""What one person lets the other know, what passed, and who was told that something is off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import InterventionId, PartyId, ThreadId
from domain.texts import TextRef
from domain.words import Passable, WhereItStands

if TYPE_CHECKING:
    from domain.case import Case, When


class AllowedToPass(CaseEvent):
    """A person wishes that the other of a pair be told one thing about them."""

    thread: ThreadId
    party: PartyId
    what: Passable
    words: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It may pass until they say otherwise."""
        side = case.thread(self.thread).side(self.party)
        kept = {what: at for what, at in side.kept.items() if what is not self.what}
        return case.with_side(
            self.thread, self.party, may_pass=side.may_pass | {self.what}, kept=kept
        )


class KeptToThemselves(CaseEvent):
    """A person wishes that the other be told this no longer, or nothing of what they allowed."""

    closes: ClassVar[bool] = True

    party: PartyId
    threads: tuple[ThreadId, ...]
    what: tuple[Passable, ...] = ()
    """Nothing named: all of it."""

    def apply(self, case: Case, when: When) -> Case:
        """What was told before stays told."""
        named = self.what or tuple(Passable)
        for thread in self.threads:
            side = case.thread(thread).side(self.party)
            case = case.with_side(
                thread,
                self.party,
                may_pass=side.may_pass - frozenset(named),
                kept={**side.kept, **dict.fromkeys(named, when.version)},
            )
        return case.in_touch(self.party, when.effective)


class PassedOn(CaseEvent):
    """A person was told one thing that the other of the pair wished them to know."""

    thread: ThreadId
    party: PartyId
    """Who was told."""
    what: Passable

    def apply(self, case: Case, when: When) -> Case:
        """It is on record who was told what, and when."""
        return case.in_touch(self.party, when.effective)


class WhereItStandsTold(CaseEvent):
    """Somebody was told that what was booked is put off, or does not go ahead, and no more."""

    intervention: InterventionId
    party: PartyId
    told: WhereItStands

    def apply(self, case: Case, when: When) -> Case:
        """They know."""
        case = case.in_touch(self.party, when.effective)
        knows = case.intervention(self.intervention).knows | {self.party}
        return case.with_one("interventions", self.intervention, knows=knows)
