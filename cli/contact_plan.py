"""The contact plan as it is in force, in the words of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.contact_plan import ContactPlan


def tried(plan: ContactPlan) -> str:
    """Return how somebody is tried who does not answer."""
    return (
        f"{plan.attempts} attempts in all, {plan.days_apart} working days apart,"
        f" by {plan.channels} ways at least"
    )


def offered(plan: ContactPlan) -> str:
    """Return how often the same is offered to somebody."""
    return (
        f"offers of the same in one pass: {plan.offers} at most, as far apart;"
        f" a later offer: {plan.later_offer_days} days after a no or another one"
    )


def whole(plan: ContactPlan) -> str:
    """Return the plan in one line."""
    return f"{tried(plan)}; {offered(plan)}"
