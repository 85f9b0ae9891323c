"""At which of the three police levels an intervention is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.words import InterventionType, PoliceLevel, Sensitivity

if TYPE_CHECKING:
    from domain.case import Case
    from domain.exchange import Intervention


def police_level(case: Case, intervention: Intervention) -> PoliceLevel:
    """Return the level (ACPO guidance and minimum standards on restorative justice, 2011/12).

    On the spot is the first. What follows a conviction, or is sensitive or complex, is the third;
    every other exchange, in a room or not, is the second.
    """
    if intervention.type is InterventionType.LOCAL_RESOLUTION:
        return PoliceLevel.ACPO_L1_INSTANT
    offenders = (case.party(case.thread(t).offender) for t in intervention.threads)
    since = [one.convicted_at for one in offenders if one.convicted_at is not None]
    convicted = any(at <= (intervention.ended_at or intervention.since) for at in since)
    if convicted or case.sensitivity is Sensitivity.SENSITIVE_COMPLEX:
        return PoliceLevel.ACPO_L3_INTENSIVE
    return PoliceLevel.ACPO_L2_CONFERENCE
