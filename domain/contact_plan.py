"""The contact plan: how often somebody is tried, how far apart and by how many ways, before it
stops.

Part of the settings. One plan serves both sides of the same promise: nobody is given up before it
was carried out in full, and nobody is tried beyond it. So each number has two bounds: a service may
try longer or more slowly, and press nobody more than its default does.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ContactPlan(BaseModel):
    """How somebody is tried who does not answer, and how often the same is offered to them."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    attempts: int = Field(default=3, ge=3, le=5)
    """Without an answer, in all: then it stops, and not before it may be said that they could not
    be reached."""
    channels: int = Field(default=2, ge=2, le=3)
    """Different ways at least, since one may be dead: a fourth is hardly ever known."""
    days_apart: int = Field(default=5, ge=5, le=20)
    """Working days between two attempts, or two offers of the same; four weeks at most, or it is
    the service that falls silent."""
    offers: int = Field(default=3, ge=1, le=3)
    """Of the same, in one pass: it stays open, so that fewer take nothing away."""
    later_offer_days: int = Field(default=365, ge=365, le=1826)
    """Calendar days after a no, or a later offer, before another: five years at most, or what is
    still open to them is never said."""

    @property
    def code(self) -> str:
        """What tells this plan from any other: its numbers, in their order."""
        return ".".join(str(number) for number in self.model_dump().values())


USUAL = ContactPlan()
"""The plan of a service that sets nothing."""
