"""What a decision comes to, and how what happened is to be recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.asking import At
from domain.errors import Nonsense
from domain.record import Basis, BasisKind, Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.asking import Asking
    from domain.command import Command
    from domain.event import Event
    from domain.message import Refusal
    from domain.record import Entry


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is to be recorded; nothing, if there was nothing to do."""

    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Rules speak against it: all of them, for somebody who may act here."""

    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """The actor may not do this here. Nothing more is told."""


Decision = Accepted | Refused | Denied


def check_start(history: Sequence[Entry], command: Command) -> None:
    """Raise `Nonsense` for a command to a stream that is not there, unless it opens one."""
    if not history and not command.opens:
        raise Nonsense("there is nothing under this reference")


def drafted(happened: Iterable[Event | At], command: Command, asking: Asking) -> tuple[Draft, ...]:
    """Return what happened as it is to be recorded: when it took effect, on what basis, and why."""
    assessed = getattr(command, "assessment", False)
    own = Basis(kind=BasisKind.ASSESSMENT, whose=asking.actor.id) if assessed else Basis()
    basis = command.basis or own
    return tuple(
        Draft(one.event, one.effective, basis, command.why)
        if isinstance(one, At)
        else Draft(one, asking.on, basis, command.why)
        for one in happened
    )
