"""How long the service gives itself: settings, each binding the service and never a victim."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Limits(BaseModel):
    """How long the service gives itself: working days unless the name says otherwise.

    1 and 5 days for information and 2 for referral on are the Victims' Code's (3.4-3.6, 4.5); the
    others are this service's own defaults, to be set locally.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    information: int = Field(default=5, ge=1)
    information_enhanced_rights: int = Field(default=1, ge=1)
    enquiry: int = Field(default=2, ge=1)
    acknowledge: int = Field(default=2, ge=1)
    first_contact: int = Field(default=5, ge=1)
    allocation: int = Field(default=5, ge=1)
    facilitators_meeting: int = Field(default=10, ge=1)
    held_approach: int = Field(default=10, ge=1)
    countersign: int = Field(default=5, ge=1)
    service_silence: int = Field(default=20, ge=1)
    local_resolution_review: int = Field(default=5, ge=1)
    task: int = Field(default=1, ge=1)
    catching_up: int = Field(default=1, ge=1)
    """For entering what else was done, after something was entered late, before what fell due
    meanwhile is told to be missed."""
    follow_up: tuple[int, ...] = (2, 10, 30)
    follow_up_days: tuple[int, ...] = (91, 182)
    """Calendar days after it was held: three and six months."""
