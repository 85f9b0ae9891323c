"""Rules for what a consent to meeting does not cover by itself: by video, and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules.joining import intervention_of, threads_of
from domain.words import Scope

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.interventions import StartIntervention


def by_video_only_as_both_consent(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """People meet by video only if both people's written consent covers that."""
    intervention = intervention_of(case, command)
    by_video = getattr(command, "by_video", intervention is not None and intervention.by_video)
    return not by_video or _all_cover(case, command, Scope.VIDEO_OR_AUDIO)


def nothing_is_recorded_unless_everybody_consents(
    case: Case, command: StartIntervention, asking: Asking
) -> bool:
    """A meeting or exchange is recorded only if everybody's written consent covers that, those
    invited besides included."""
    intervention = case.intervention(command.intervention)
    agreed = intervention.attending <= intervention.recordable
    covered = agreed and _all_cover(case, command, Scope.RECORDING)
    return not command.recorded or covered


def _all_cover(case: Case, command: CaseCommand, scope: Scope) -> bool:
    episodes = [thread.current for thread in threads_of(case, command)]
    return all(scope in side.scopes for one in episodes for side in (one.victim, one.offender))
