"""How long the service gives itself: settings, each binding the service and never a victim.

Each has bounds, so that a mistyped 1400 for 14 is not taken in silence: a limit that never comes
would keep a case waiting with nobody told.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.contact_plan import USUAL, ContactPlan
from domain.retention import Retention

Days = Annotated[int, Field(ge=1, le=20)]
"""One working day at least, since the day of the event does not count; twenty, which is four weeks,
at most: what is the service's own next step and takes longer has been forgotten."""
Weeks = Annotated[int, Field(ge=1, le=60)]
"""Working days, sixty at most: three months, as long as any review of a case in practice."""
Minutes = Annotated[int, Field(ge=5, le=120)]
"""Two hours at most: whoever may be in danger is not looked for the next day."""
CalendarDays = Annotated[int, Field(ge=28, le=731)]
"""Calendar days: what comes sooner than four weeks is counted in working days, and after two years
a case is looked at for its retention instead."""


class Limits(BaseModel):
    """How long the service gives itself: working days unless the name says otherwise.

    1 and 5 days for information and 2 for support and referral on are the Victims' Code's (3.4-3.6,
    4.5); the others are this service's own defaults, to be set locally. A service may promise to
    do it sooner than the Code, and not later: so these have the Code's days as their upper bounds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    information: int = Field(default=5, ge=1, le=5)
    information_enhanced_rights: int = Field(default=1, ge=1, le=1)
    enquiry: Days = 2
    enhanced_ground: Days = 5
    acknowledge: Days = 2
    first_contact: Days = 5
    classification: Days = 5
    allocation: Days = 5
    facilitators_meeting: Days = 10
    facilitators_meeting_held: Days = 20
    held_approach: Days = 10
    countersign: Days = 5
    service_silence: Weeks = 20
    local_resolution_review: Days = 5
    best_interest: Days = 5
    risk_review: Weeks = 60
    after_a_change: Days = 5
    understanding: Days = 10
    new_facilitator: Days = 5
    support: int = Field(default=2, ge=1, le=2)
    support_of_others: Days = 10
    refer_on: int = Field(default=2, ge=1, le=2)
    onward_answer: Days = 10
    later_stage: Weeks = 20
    tell_referrer: Days = 5
    acknowledge_complaint: Days = 2
    look_into_complaint: Days = 10
    answer_complaint: Days = 20
    close_complaint: Days = 20
    adverse_debrief: Days = 1
    adverse_event: Days = 10
    audit: Days = 20
    specialists_answer: Days = 10
    recommendation: Days = 20
    recommended: Weeks = 60
    explain_decision: Days = 5
    youth_service: Days = 2
    youth_service_decision: Days = 10
    suitable_adult: Days = 5
    youth_panel: Days = 20
    identify_requester: Days = 5
    carry_out_request: Days = 5
    assess_breach: Days = 1
    tell_of_breach: Days = 2
    close_breach: Days = 20
    decide_notes: Days = 10
    answer_notes: Days = 5
    recipient_told: Days = 2
    task: Days = 1
    pass_on: Days = 1
    promised_contact: Days = 1
    appointment: Days = 2
    """For recording what became of it, after it was to be over."""
    check_out_minutes: Minutes = 15
    """After a visit was to be over, before whoever is out is missed."""
    visitor_safe_minutes: Minutes = 30
    """For a supervisor to find out whether they are safe, before every supervisor is told."""
    visitor_alarm_minutes: Minutes = 30
    """For somebody to have gone there, or the police to have been asked to look."""
    decide_on_data: Days = 20
    """A month, as the law has it for an answer (UK GDPR art. 12(3), DPA 2018 s.54)."""
    mention: Days = 20
    explain_missed: Days = 5
    observation_feedback: Days = 10
    before_lapse: CalendarDays = 28
    """Calendar days before something lapses that keeps a practitioner in date: told from then."""
    catching_up: Days = 1
    """For entering what else was done, after something was entered late, before what fell due
    meanwhile is told to be missed."""
    follow_up: tuple[Weeks, ...] = Field(default=(2, 10, 30), min_length=1, max_length=6)
    """Each since it was held; once at least, since nobody is left alone after a meeting."""
    contact_plan: ContactPlan = USUAL
    """How often somebody is tried who does not answer, and how often the same is offered."""
    retention: Retention = Retention()
    """Years that data are kept before somebody looks at whether they are needed."""
    letter_review: CalendarDays = 365
    """Calendar days that a letter is kept before whoever it belongs to is asked about it."""
    follow_up_days: tuple[CalendarDays, ...] = Field(default=(91, 182), max_length=6)
    """Calendar days after it was held: three and six months."""

    @field_validator("follow_up", "follow_up_days")
    @classmethod
    def _one_after_the_other(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        # They are gone through in this order: one that came too late would be missed at once.
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError("each has to be later than the one before it")
        return days
