"""What protective acts of the diary are asked with, and what has to be booked for them."""

from __future__ import annotations

from typing import Any

from tests.steps import step

TALK = step("lead", "book_appointment", party="V1", starts="2026-03-20T14:00:00+00:00")
PACK = step("lead", "make_print_pack", party="V1")
DIARY: dict[str, dict[str, Any]] = {
    "call_off_appointment": {"appointment": "D1"},
    "check_in": {"minutes": 60, "party": "V1"},
    "check_out": {},
    "account_for_pack": {"pack": "W1", "became": "GONE_MISSING"},
}
