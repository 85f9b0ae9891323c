"""Registering the benchmark's staff and opening its cases through the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from client import Door

SETUP = ("service:setup", "service")


async def case_worker(door: Door) -> str:
    """Register a police community support officer who may open cases; return their reference."""
    answer = await door.do(
        *SETUP,
        "register_practitioner",
        {"kind": "PCSO", "organisation": "DERBYSHIRE_POLICE", "roles": ["CASE_WORKER"]},
        command_id="benchmark-staff-1",
        origin="setup",
    )
    return answer.stream


async def open_case(door: Door, actor: str, number: int) -> str:
    """Open a case of one pair; return its reference."""
    answer = await door.do(
        actor,
        "unverified",
        "refer",
        {
            "source": "PCSO",
            "initiator": "VICTIM_INITIATED",
            "parties": [
                {"party": "V1", "role": "DIRECT_VICTIM"},
                {"party": "O1", "role": "OFFENDER", "stage": "CUSTODY"},
            ],
        },
        command_id=f"benchmark-open-{number:06d}",
    )
    return answer.stream


WISH = {"party": "V1", "wish": "BE_TOLD_OUTCOME"}
"""An ordinary command of an ordinary size."""
