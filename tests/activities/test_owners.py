"""One person's words are never taken for another's, whatever reference a caller sends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from activities.references import references
from activities.sweeping import Sweep
from domain.message import Outcome
from proof import signed
from tests.desk import desk_in
from tests.paths import referred

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from domain.texts import TextRef
    from tests.desk import Desk

REFER = referred()[0].given


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with desk_in(tmp_path_factory.mktemp("desk")) as shared:
        yield shared


@pytest.fixture
def case(desk: Desk) -> str:
    return desk.do("worker", "refer", REFER)


def reference_to(desk: Desk, case: str, owner: str) -> TextRef:
    """Return a reference to words of this owner that are in the vault."""
    vault = desk.door.admission.vault
    return vault.put(case, owner, '{"name": "Vera Example"}', kind="x", at=datetime.now(UTC))


def told(desk: Desk, case: str, name: str, given: dict[str, Any]) -> tuple[Outcome, str]:
    reply = desk.take(desk.admit("worker", name, given, stream=case))
    return reply.outcome, "; ".join(refusal.reason for refusal in reply.refusals)


@pytest.mark.parametrize("owner", ["V1", "case", "O2"])
async def test_words_of_somebody_else_are_not_recorded_as_a_persons_own(
    desk: Desk, case: str, owner: str
) -> None:
    before = desk.recorder.turns.log.load(case)
    ref = reference_to(desk, case, owner).model_dump()
    outcome, why = told(desk, case, "change_details", {"party": "O1", "details": ref})
    assert (outcome, why) == (
        Outcome.NONSENSE,
        "details: the text that is referred to does not belong to O1",
    )
    assert desk.recorder.turns.log.load(case) == before


async def test_a_persons_own_words_are_no_notes_on_the_case(desk: Desk, case: str) -> None:
    ref = reference_to(desk, case, "V1").model_dump()
    outcome, why = told(desk, case, "raise_concern", {"concern": "DANGER", "account": ref})
    assert outcome is Outcome.NONSENSE
    assert why.endswith("does not belong to the case as a whole")
    reason = {"party": "V1", "why": {"words": ref}}
    outcome, why = told(desk, case, "stop_contact", reason)
    assert outcome is Outcome.NONSENSE
    assert why.startswith("why.words: ")


async def test_words_are_recorded_for_whom_they_belong_to(desk: Desk, case: str) -> None:
    for owner in ("V1", "O1"):
        ref = reference_to(desk, case, owner).model_dump()
        given = {"party": owner, "details": ref}
        assert told(desk, case, "change_details", given) == (Outcome.ACCEPTED, "")


async def test_whoever_may_not_act_is_not_told_whose_words_they_are(desk: Desk, case: str) -> None:
    ref = reference_to(desk, case, "V1").model_dump()
    given = {"party": "O1", "details": ref}
    message = desk.admit("worker", "change_details", given, stream=case)
    theirs = signed(
        message,
        actor=desk.staff["auditor"],
        identified="unverified",
        origin="cli",
        at=datetime.now(UTC),
        signer=desk.door.admission.signer,
    )
    assert desk.take(theirs).outcome is Outcome.DENIED


async def test_the_words_of_what_was_done_in_breach_stay_with_it(desk: Desk, case: str) -> None:
    desk.do("worker", "stop_contact", {"party": "V1"}, stream=case)
    before = len(desk.recorder.turns.log.load(case))
    rang = {"party": "V1", "said": "I asked you not to. Plainly invented.", "happened": True}
    desk.do("worker", "record_discussion", rang, stream=case)
    recorded = desk.recorder.turns.log.load(case)[before:]
    assert [entry.name for entry in recorded] == ["acted_in_breach"]
    (ref,) = references(recorded)
    door = desk.door.admission
    later = datetime.now(UTC) + timedelta(days=60)
    Sweep(door.log, door.vault, door.remembered, timedelta(days=30)).once(later)
    assert door.vault.words(case, ref) == rang["said"]


async def test_words_that_are_not_there_are_not_referred_to_by_a_breach_either(
    desk: Desk, case: str
) -> None:
    desk.do("worker", "stop_contact", {"party": "V1"}, stream=case)
    nowhere = {"id": "T-0000000000000000", "digest": "0" * 64}
    rang = {"party": "V1", "said": nowhere, "happened": True}
    outcome, why = told(desk, case, "record_discussion", rang)
    assert outcome is Outcome.NONSENSE
    assert why == f"there is no {nowhere['id']} in {case}"
