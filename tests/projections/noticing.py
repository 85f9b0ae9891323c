"""A desk at which staff are entered and notices looked for and sent, as a worker does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notices import Sources, to_tell

if TYPE_CHECKING:
    from datetime import datetime

    from access import Refusals
    from notices import Kind, Outbox
    from notices.outbox import Kept
    from tests.projections.conftest import Service


class Desk:
    """Where something is entered about staff, and what follows is put into the outbox and sent."""

    def __init__(self, service: Service, refusals: Refusals, outbox: Outbox) -> None:
        self.service, self._refusals, self.outbox = service, refusals, outbox

    def enter(self, who: str, name: str, about: str, at: datetime, **given: object) -> None:
        """Have a command about somebody recorded at a moment."""
        staff = self.service.told.staff
        staff.now = at
        staff.do(who, name, about=about, **given)
        self.service.told.staff_moved_on()

    def falls_due(self, about: str, at: datetime) -> None:
        """Let somebody's clock tick at a moment."""
        staff = self.service.told.staff
        staff.now = at
        staff.fall_due_of(about)
        self.service.told.staff_moved_on()

    def look(self, at: datetime, *kinds: Kind) -> list[Kept]:
        """Return what of these kinds waits to be sent once it was looked for."""
        self.service.catch_up()
        found = to_tell(Sources(self.service.views, self._refusals), at)
        self.outbox.put(found, at)
        self.outbox.withdraw_all_but(found)
        return [kept for kept in self.outbox.to_send(at, 1000) if kept.kind in kinds]

    def told(self, at: datetime, *kinds: Kind) -> list[tuple[str, str]]:
        """Send what waits of these kinds; return to whom, and of whom, by the names of a story."""
        waiting = self.look(at, *kinds)
        for kept in waiting:
            self.outbox.sent(kept)
        names = {reference: name for name, reference in self.service.told.staff.staff.items()}
        return [(names[kept.to], names[kept.case]) for kept in waiting]
