"""Rules of the register of practitioners."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.asking import Asking, PractitionerCommand
    from domain.commands.renewing import PlanObservation, RecordSupervision
    from domain.practitioner import Practitioner


def nobody_changes_what_they_may_do_themselves(
    practitioner: Practitioner, command: PractitionerCommand, asking: Asking
) -> bool:
    """A role, a training or a supervision of one's own is recorded by somebody else."""
    return practitioner.id != asking.actor.id


def only_cases_that_they_work_on_are_looked_at(
    practitioner: Practitioner, command: RecordSupervision, asking: Asking
) -> bool:
    """A supervision session looks at cases that this practitioner works on, or worked on."""
    found = (asking.cases.get(case) for case in command.cases)
    return all(case is not None and practitioner.id in case.ever_allocated for case in found)


def nobody_supervises_a_case_that_they_have_a_conflict_in(
    practitioner: Practitioner, command: RecordSupervision, asking: Asking
) -> bool:
    """Whoever has a conflict of interest in a case looks at it in no supervision."""
    found = [asking.cases[case] for case in command.cases if case in asking.cases]
    return not any(asking.actor.id in case.conflicted for case in found)


def nobody_observes_themselves(
    practitioner: Practitioner, command: PlanObservation, asking: Asking
) -> bool:
    """Somebody's practice is observed by somebody else who is in the register and active."""
    observer = asking.practitioner(command.observer)
    return practitioner.id != command.observer and observer.active
