"""The invented practitioners of the demonstration, and what keeps the facilitators in date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.commands.opening import SERVICE

if TYPE_CHECKING:
    from collections.abc import Mapping

PEOPLE: dict[str, dict[str, Any]] = {
    "supervisor": {
        "kind": "SERVICE_STAFF",
        "roles": ["SUPERVISOR"],
        "credentials": ["AWARENESS", "SUPERVISION"],
        "details": {"name": "Sunita Supervisor (invented)"},
    },
    "intake": {
        "kind": "SERVICE_STAFF",
        "roles": ["INTAKE"],
        "credentials": ["AWARENESS"],
        "details": {"name": "Ines Intake (invented)"},
    },
    "worker": {
        "kind": "PCSO",
        "roles": ["CASE_WORKER"],
        "details": {"name": "Pat PCSO (invented)"},
    },
    "lead": {
        "kind": "FACILITATOR",
        "roles": ["FACILITATOR"],
        "credentials": ["AWARENESS", "FACILITATION_ADVANCED"],
        "details": {"name": "Faye Facilitator (invented)"},
    },
    "co": {
        "kind": "FACILITATOR",
        "roles": ["FACILITATOR"],
        "credentials": ["AWARENESS", "FACILITATION_INTERMEDIATE"],
        "details": {"name": "Col Facilitator (invented)"},
    },
}
"""By the name that steps call them. All are of the service, so that one supervisor sees them."""

REGISTERED = 8 * 365
"""Days before the demonstration was entered: before the oldest case."""

BEFORE_THE_OLDEST = 4 * 365
"""Days: the oldest case began then."""
SUPERVISED = (BEFORE_THE_OLDEST + 30, 210, 140, 70, 14)
OBSERVED = (BEFORE_THE_OLDEST + 60, 300, 60)
IN_DATE: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("record_development", BEFORE_THE_OLDEST + 90, {"hours": 20}),
    ("record_development", 400, {"hours": 20}),
    ("record_development", 100, {"hours": 20}),
    *(("record_observed_practice", days, {}) for days in OBSERVED),
    *(("record_practice", days, {}) for days in OBSERVED),
    *(("record_supervision", days, {}) for days in SUPERVISED),
)
"""What keeps a facilitator in date: the command, how many days before, and its fields."""


def organised(who: Mapping[str, Any]) -> dict[str, Any]:
    """Return what registers somebody, their organisation included."""
    return {"organisation": SERVICE, **who}
