"""The invented team of the year, and what keeps its facilitators in date all that time."""

from __future__ import annotations

from typing import Any

FACILITATORS = ("fern", "felix", "farah")
"""Each leads the standard cases of the year, and is beside another in the others."""
WORKERS = ("piers", "wanda")
SPECIALIST, TRAINEE = "ada", "tess"
SUPERVISOR, DEPUTY = "stella", "dev"
"""Who supervises the cases, and who decides as the second person."""


def _facilitator(name: str, *trained: str) -> dict[str, Any]:
    return {
        "kind": "FACILITATOR",
        "roles": ["FACILITATOR"],
        "credentials": ["AWARENESS", *trained],
        "details": {"name": f"{name} (invented)"},
    }


def _staff(name: str, role: str, *trained: str) -> dict[str, Any]:
    return {
        "kind": "SERVICE_STAFF",
        "roles": [role],
        "credentials": [*trained],
        "details": {"name": f"{name} (invented)"},
    }


TEAM: dict[str, dict[str, Any]] = {
    SUPERVISOR: _staff("Stella Supervisor", "SUPERVISOR", "AWARENESS", "SUPERVISION"),
    DEPUTY: _staff("Dev Deputy", "SUPERVISOR", "AWARENESS", "SUPERVISION"),
    "cora": _staff("Cora Calltaker", "INTAKE", "AWARENESS"),
    "piers": {
        "kind": "PCSO",
        "roles": ["CASE_WORKER"],
        "details": {"name": "Piers PCSO (invented)"},
    },
    "wanda": _staff("Wanda Caseworker", "CASE_WORKER", "AWARENESS"),
    "fern": _facilitator("Fern Facilitator", "FACILITATION_INTERMEDIATE"),
    "felix": _facilitator("Felix Facilitator", "FACILITATION_INTERMEDIATE"),
    "farah": _facilitator("Farah Facilitator", "FACILITATION_INTERMEDIATE"),
    SPECIALIST: _facilitator(
        "Ada Advanced",
        "FACILITATION_ADVANCED",
        "SPECIALIST_DA",
        "SPECIALIST_SEXUAL_HARM",
        "HOMICIDE",
    ),
    TRAINEE: _facilitator("Tess Trainee", "FACILITATION_INTERMEDIATE"),
    "orla": _staff("Orla Officer", "DATA_PROTECTION_OFFICER", "AWARENESS"),
}
"""By the name that steps call them. All are of the service, so that one supervisor sees them."""

_EVERY, _LATEST = 70, 12
"""Days from one supervision to the next; and how long ago the latest was, at least."""
_TRAINEES = 130
_YEARLY = 350
_UPKEEP: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("record_supervision", _EVERY, {}),
    ("record_observed_practice", _YEARLY, {}),
    ("record_practice", _YEARLY, {}),
    ("record_development", _YEARLY, {"hours": 20}),
)
_REACHES_BACK = 1_700
"""Days: a year before the oldest case of the year began."""


def upkeep(name: str) -> tuple[tuple[str, int, dict[str, Any]], ...]:
    """Return what keeps one of the team in date: command, days before the year ended, fields.

    The trainee's stops on the way, so that what is done out of date can be seen.
    """
    if TEAM[name]["kind"] != "FACILITATOR":
        return ()
    latest = _TRAINEES if name == TRAINEE else _LATEST + 9 * [*TEAM].index(name) % _EVERY
    dates = [
        (command, days, given)
        for command, every, given in _UPKEEP
        for days in range(latest, _REACHES_BACK, every)
    ]
    return tuple(sorted(dates, key=lambda one: -one[1]))
