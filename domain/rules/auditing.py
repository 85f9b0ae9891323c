"""Rules about auditing a case: by whom, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.command import Command
    from domain.commands.auditing import CloseRecommendation, ConcludeAudit


def a_case_is_audited_by_somebody_without_a_part_in_it(
    case: Case, command: Command, asking: Asking
) -> bool:
    """A case is audited by somebody who is not, and never was, allocated to it."""
    return asking.actor.id not in asking.now.ever_allocated


def a_recommendation_is_answered_before_it_is_closed(
    case: Case, command: CloseRecommendation, asking: Asking
) -> bool:
    """The service has not answered this recommendation yet."""
    one = asking.now.findings.get(command.finding)
    return one is None or one.answer is not None


def an_audit_says_what_it_found(case: Case, command: ConcludeAudit, asking: Asking) -> bool:
    """Nothing was found of this case yet: what is as it should be is a finding, too."""
    return any(one.sample == command.sample for one in asking.now.findings.values())
