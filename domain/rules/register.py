"""Rules of the register of practitioners."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.asking import Asking, PractitionerCommand
    from domain.practitioner import Practitioner


def nobody_changes_what_they_may_do_themselves(
    practitioner: Practitioner, command: PractitionerCommand, asking: Asking
) -> bool:
    """A role, a training or a supervision of one's own is recorded by somebody else."""
    return practitioner.id != asking.actor.id
