"""Restricting somebody's data, which are then kept and not used, and lifting that; and deciding
that they are kept longer: acts of the data-protection officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, At
from domain.calendar import Day, local_day
from domain.commands.erasing import Note, Reply, _AboutData, ended
from domain.errors import Nonsense
from domain.events import erasing, restricting
from domain.personal_data import whose
from domain.words import Act, Authority, ErasureGround, Extent, KeepingGround, RestrictionGround

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from domain.case import Case
    from domain.event import CaseEvent

LONGEST_WITHOUT_A_LOOK = 366
"""Days: what nobody looks at for longer than a year is kept out of habit."""
LONGEST_KEPT = 3660
"""Days: ten years, as long as any retention group before its next look."""


class RestrictData(_AboutData):
    """Decide that somebody's data are kept and not used; or, of what is, that it stays so."""

    act: ClassVar[Act] = Act.DECIDE_ON_DATA
    assessment: ClassVar[bool] = True

    ground: RestrictionGround
    authority: Authority = Field(description="at whose word")
    review_on: Day = Field(description="when it is looked at again, within a year")
    reply: Reply = Field(description="what they are told of it in writing")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the restriction."""
        whose(asking.now, self.party)
        ahead(self.review_on, asking, LONGEST_WITHOUT_A_LOOK)
        return (
            restricting.DataRestricted(
                party=self.party,
                ground=self.ground,
                authority=self.authority,
                review_on=self.review_on,
                reply=self.reply,
            ),
        )


class LiftRestriction(_AboutData):
    """Lift a restriction; and erase, if that is what was asked for and had to wait."""

    act: ClassVar[Act] = Act.DECIDE_ON_DATA
    assessment: ClassVar[bool] = True

    reply: Reply = Field(description="what they are told of it in writing")
    erase: ErasureGround | None = Field(
        default=None, description="on what ground the data are erased now, if they are"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return that it is lifted, and the erasure. Raises `Nonsense` if there is none."""
        now = asking.now
        whose(now, self.party)
        if now.data.of(self.party).restriction is None:
            raise Nonsense("no restriction stands here")
        yield restricting.RestrictionLifted(party=self.party, reply=self.reply)
        if self.erase is not None:
            yield from ended(now, self.party, asking)
            yield erasing.ErasureDecided(
                party=self.party, extent=Extent.ALL, ground=self.erase, reply=self.reply
            )


class KeepLonger(_AboutData):
    """Decide, on looking at whether somebody's data are still needed, that they are."""

    act: ClassVar[Act] = Act.DECIDE_ON_DATA
    assessment: ClassVar[bool] = True

    ground: KeepingGround
    review_on: Day = Field(description="when it is looked at again, within ten years")
    reasons: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision."""
        whose(asking.now, self.party)
        ahead(self.review_on, asking, LONGEST_KEPT)
        return (
            restricting.DataKeptLonger(
                party=self.party,
                ground=self.ground,
                review_on=self.review_on,
                reasons=self.reasons,
            ),
        )


def ahead(day: date, asking: Asking, most: int) -> None:
    """See that a day is ahead, and at most so many days from now. Raises `Nonsense`."""
    if not 0 < (day - local_day(asking.at)).days <= most:
        raise Nonsense(f"review_on: a day ahead, at most {most} days from now")
