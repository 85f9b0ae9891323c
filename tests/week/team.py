"""The team of eight whose week it is, and the two beside it; everybody is invented."""

from __future__ import annotations

from typing import Any

from tests.story import KEPT_IN_DATE

SERVICE = "DERBYSHIRE_RJ"


def _one(name: str, kind: str, role: str, *trained: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "organisation": SERVICE,
        "roles": [role],
        "credentials": [*trained],
        "details": {"name": f"{name} (invented)"},
    }


TEAM: dict[str, dict[str, Any]] = {
    "sergeant": _one("Sunita Archer", "POLICE_OFFICER", "SUPERVISOR", "AWARENESS", "SUPERVISION"),
    "constable": _one("Colm Birch", "POLICE_OFFICER", "CASE_WORKER"),
    "pcso": _one("Pat Clay", "PCSO", "CASE_WORKER"),
    "warden": _one("Wen Dale", "COMMUNITY_WARDEN", "CASE_WORKER", "AWARENESS", "LOCAL_RESOLUTION"),
    "partner": _one("Parveen East", "PARTNER_AGENCY_STAFF", "CASE_WORKER", "AWARENESS"),
    "fern": _one(
        "Fern Ford", "FACILITATOR", "FACILITATOR", "AWARENESS", "FACILITATION_INTERMEDIATE"
    ),
    "felix": _one(
        "Felix Grove", "FACILITATOR", "FACILITATOR", "AWARENESS", "FACILITATION_INTERMEDIATE"
    ),
    "handler": _one("Hana Hill", "SERVICE_STAFF", "INTAKE", "AWARENESS"),
}
"""By the names that the diary calls them. Officers and PCSOs count as trained to resolve on the
spot; the partner's worker is not trained for it."""
BESIDE: dict[str, dict[str, Any]] = {
    "keeper": _one("Kit Ivory", "SERVICE_STAFF", "ADMINISTRATOR"),
    "auditor": _one("Ash Jones", "SERVICE_STAFF", "AUDITOR"),
    "dpo": _one("Dora Kent", "SERVICE_STAFF", "DATA_PROTECTION_OFFICER"),
}
"""Who keeps the register, who audits, and the data-protection officer: no part of the eight."""
UPKEEP = KEPT_IN_DATE
"""What keeps a facilitator in date, all of it done well before the week."""
