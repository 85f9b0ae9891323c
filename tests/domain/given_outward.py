"""What protective acts about those outside are asked with: partners, courts, recipients."""

from __future__ import annotations

from typing import Any

OUTWARD: dict[str, dict[str, Any]] = {
    "decline_support": {"party": "V1"},
    "decline_onward": {"party": "V1"},
    "decline_court_dates": {"party": "V1"},
    "decline_feedback": {"party": "V1"},
    "record_disclosure": {
        "party": "O1",
        "recipient": "POLICE",
        "ground": "SERIOUS_CRIME",
        "items": ["NAME", "FURTHER_OFFENCE"],
    },
}
