"""Steps with a stand-in: somebody met in the place of the person responsible."""

from __future__ import annotations

from tests.steps import EXPLAINED, Step, chosen, step

OF = "V1-O2"
STANDS_IN = {
    "party": "O2",
    "role": "PROXY_OFFENDER",
    "of": "O1",
    "meets": "V1",
    "details": {"name": "Stan Sample", "born": "1990-03-03"},
}
FOUND = step("worker", "add_stand_in", **STANDS_IN, asked_by="V1")
KNOWING = (*EXPLAINED, "MEETS_A_STAND_IN")


def met_knowing(party: str, *explained: str) -> Step:
    """Return a facilitator's meeting about meeting a stand-in."""
    return step("lead", "record_facilitator_meeting", thread=OF, party=party,
                explained=list(explained or KNOWING), understood=True)  # fmt: skip


EXPLORED = (
    step("worker", "record_interest", thread=OF, party="V1", asked_by="V1"),
    met_knowing("V1"),
    met_knowing("O2"),
    step("lead", "record_responsibility", thread=OF, party="O2", status="ACCEPTS_RESPONSIBILITY",
         evidence="FACILITATOR_ASSESSMENT"),
)  # fmt: skip
"""Each was told that it is a stand-in; the stand-in accepts responsibility for what they did
themselves."""
READY = (FOUND, *EXPLORED, *chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT", thread=OF))
