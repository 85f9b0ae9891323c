"""Confirming what was done in breach of a rule, once somebody who may has gone through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.command import COMMANDS
from domain.errors import Nonsense
from domain.events.protection import ActedInBreach, TaskDone
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.case import Case
    from domain.command import Command
    from domain.event import CaseEvent
    from domain.record import Entry


class ConfirmBreach(CaseCommand):
    """Confirm, with the person, what was done in breach of a rule: from now on it counts.

    It passes the same rules as if it were done now by whoever confirms it, and is asked all that
    they ask. What was done stays on record as the breach that it was.
    """

    act: ClassVar[Act] = Act.INFORM

    task: str = Field(pattern=r"^T[1-9][0-9]{0,5}$", description="the task of the breach")

    def fits(self, case: Case) -> bool:
        """Say whether it is a breach that nobody has dealt with."""
        task = case.tasks.get(self.task)
        return task is not None and task.kind == "BREACH"

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that the breach was dealt with; what was done is decided as a command."""
        yield TaskDone(task=self.task)


def done_in_breach(history: Sequence[Entry], command: Command) -> CaseCommand | None:
    """Return, for a confirmation, the command that was carried out; None for any other command.

    Raises `Nonsense` if the task is no breach, or if the command is not of this release.
    """
    if not isinstance(command, ConfirmBreach):
        return None
    for entry in history:
        event = entry.event
        if f"T{entry.version}" == command.task and isinstance(event, ActedInBreach):
            return _as_command(event, command)
    raise Nonsense(f"{command.task} is no breach in this case")


def _as_command(event: ActedInBreach, confirmation: ConfirmBreach) -> CaseCommand:
    kind = COMMANDS.get(event.command)
    if kind is None or not issubclass(kind, CaseCommand):
        raise Nonsense("what was done is no command of this release: do it afresh")
    done = {**event.done, "effective_at": confirmation.effective_at}
    if confirmation.asked_by is not None:
        done["asked_by"] = confirmation.asked_by
    return kind.model_validate(done)
