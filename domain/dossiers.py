"""What a decision and the clock do with an entry of the data-protection register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.answering import missed_of, next_due_of, waits_of
from domain.decision import Accepted, Denied, Refused, check_start, drafted
from domain.errors import Nonsense
from domain.events.breaches import DossierClockMissed
from domain.fold import fold_dossier
from domain.ids import DOSSIER_PREFIX, reference
from domain.message import Present
from domain.owed.row import Binds
from domain.permissions import may
from domain.record import Draft
from domain.rule import broken
from domain.rules.table import GUARDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.asking import Asking, DossierCommand
    from domain.decision import Decision
    from domain.limits import Limits
    from domain.record import Entry

STAGE, CLOSED = "DOSSIER", "DOSSIER_CLOSED"
"""The stages of a dossier: there is something to do, or nothing but to look at whether its words
are still needed."""


def decide_dossier(history: Sequence[Entry], command: DossierCommand, asking: Asking) -> Decision:
    """Return what is recorded, which rules speak against it, or that it is denied."""
    dossier = fold_dossier(history).changed(barred=asking.barred)
    if not may(asking.who_now, command.act, dossier if history else None):
        return Denied()
    check_start(history, command)
    if history and command.opens:
        raise Nonsense("this command opens a dossier of its own: leave the reference out")
    if not history:
        dossier = dossier.changed(id=reference(DOSSIER_PREFIX, asking.command_id))
    elif not (command.of_open if dossier.open else command.of_closed):
        raise Nonsense(f"{dossier.id} is {'open' if dossier.open else 'closed'}")
    refusals = broken(GUARDS[type(command)], dossier, command, asking)
    if refusals:
        return Refused(refusals)
    return Accepted(drafted(command.events(dossier, asking), command, asking))


def tick_of_dossier(history: Sequence[Entry], at: datetime, limits: Limits) -> tuple[Draft, ...]:
    """Return what was not done in time by this moment. Nothing is decided by that."""
    return tuple(
        Draft(DossierClockMissed(wait=wait.name, subject=wait.subject, due=wait.due), at)
        for wait in missed_of(fold_dossier(history), limits, at)
        if wait.due is not None
    )


def present_of_dossier(history: Sequence[Entry], limits: Limits) -> Present:
    """Return where a dossier stands: codes and times only."""
    dossier, last = fold_dossier(history), history[-1]
    waiting = waits_of(dossier, limits)
    return Present(
        version=last.version,
        head=last.hash,
        stage=STAGE if dossier.open else CLOSED,
        waits_for=(Binds.STAFF.value,) if waiting else (),
        next_due=next_due_of(dossier, limits),
        open=bool(waiting),
    )
