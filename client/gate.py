"""The door's use of the one gate: may this actor do, or see, this on this stream, as it is now?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.appearing import rests_on
from domain.asking import CaseCommand, DossierCommand, PersonCommand, PractitionerCommand
from domain.covering import as_covering, away_from
from domain.dossier import Dossier
from domain.errors import Nonsense
from domain.everything import SAYS_WHO, Everything
from domain.fold import fold, fold_practitioner, folded
from domain.ids import PRACTITIONER_PREFIX
from domain.permissions import may
from domain.practitioner import system
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.absence import Absence
    from domain.case import Case
    from domain.command import Command
    from domain.permissions import State, View
    from domain.practitioner import Practitioner
    from domain.record import Entry
    from store import Log

_SYSTEM = "service:"


@dataclass(frozen=True, slots=True)
class Gate:
    """Asks `domain.permissions.may` of what the log says now. The activity asks again."""

    log: Log

    def opens_for(self, actor_id: str, what: Act | View, entries: Sequence[Entry]) -> bool:
        """Say whether the actor may do or see this on the stream that has these entries.

        An actor who is not in the register may nothing. Raises `Unavailable` of the log.
        """
        now = folded(entries)
        if isinstance(now, Dossier) and isinstance(what, Act):
            now = now.changed(barred=rests_on(self.log.readable, now).barred)
        who = self.who_here(actor_id, what, now)
        return who is not None and may(who, what, now)

    def everything(self) -> Everything:
        """Return the whole record as the gate is asked of it. A case that cannot be read bars
        nobody: what is taken out is what shows that it was altered."""
        cases = (fold(self.log.readable(one)) for one in self.log.with_events(SAYS_WHO))
        return Everything(frozenset(who for case in cases for who in case.conflicted))

    def who_here(self, actor_id: str, what: Act | View, of: State) -> Practitioner | None:
        """Return the actor as the register has them now, and for whom they stand in at this moment
        where only so they may do or see this; None if the register has them not."""
        who = self.who(actor_id)
        return who and as_covering(who, what, of, self.who, datetime.now(UTC))

    def away_from(self, case: Case) -> dict[str, Absence]:
        """Return who of those allocated to a case is away at this moment, by reference, each with
        whoever covers there."""
        return away_from(case, self.who, datetime.now(UTC))

    def who(self, actor_id: str) -> Practitioner | None:
        """Return the actor as the register has them now; None if it has not."""
        if actor_id.startswith(_SYSTEM):
            return system(actor_id.removeprefix(_SYSTEM))
        if not actor_id.startswith(PRACTITIONER_PREFIX):
            return None
        entries = self.log.load(actor_id)
        return fold_practitioner(entries) if entries else None


def act_of(command: type[Command]) -> Act:
    """Return what kind of act a command is. Raises `Nonsense` for one of no known kind."""
    if issubclass(command, CaseCommand | PractitionerCommand | PersonCommand | DossierCommand):
        return command.act
    raise Nonsense(f"{command.name()} is not a command of this service")
