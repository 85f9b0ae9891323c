"""The steps towards the offender that a victim agrees to one by one, and takes back at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.words import TowardsThem

if TYPE_CHECKING:
    from domain.case import Case, When


class StepAgreed(CaseEvent):
    """A victim agreed to one step towards the offender."""

    thread: ThreadId
    party: PartyId
    step: TowardsThem

    def apply(self, case: Case, when: When) -> Case:
        """It may be taken until they say otherwise."""
        side = case.thread(self.thread).side(self.party)
        kept = {step: at for step, at in side.steps_kept.items() if step is not self.step}
        steps = {**side.steps, self.step: when.effective}
        case = case.with_side(self.thread, self.party, steps=steps, steps_kept=kept)
        return case.in_touch(self.party, when.effective)


class StepTakenBack(CaseEvent):
    """A victim no longer agrees to a step towards the offender, or to any."""

    closes: ClassVar[bool] = True

    party: PartyId
    threads: tuple[ThreadId, ...]
    steps: tuple[TowardsThem, ...] = ()
    """Nothing named: all of them."""

    def apply(self, case: Case, when: When) -> Case:
        """What was done before stays done."""
        named = self.steps or tuple(TowardsThem)
        for thread in self.threads:
            side = case.thread(thread).side(self.party)
            case = case.with_side(
                thread,
                self.party,
                steps={step: at for step, at in side.steps.items() if step not in named},
                steps_kept={**side.steps_kept, **dict.fromkeys(named, when.version)},
            )
        return case.in_touch(self.party, when.effective)
