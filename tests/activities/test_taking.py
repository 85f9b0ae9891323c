"""What the record asks of a command once more, whatever the door has signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from activities.asking import Wish
from client import Door
from domain.contact_plan import USUAL, ContactPlan
from domain.decide import decode
from domain.fold import fold
from domain.ids import reference
from domain.limits import Limits
from domain.matrix import DEFAULT, Matrix
from domain.message import Message, Outcome, Turn
from domain.needs import Needs
from domain.rule import rule_set
from domain.texts import TextRef
from keys import KeyKind, Keyring
from proof import signed
from tests.desk import desk_in
from tests.looks import how_many, since
from tests.paths import referred
from tests.steps_sensitive import specialist_class
from tests.story import KEPT_IN_DATE, STAFF

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path
    from typing import Any

    from tests.desk import Desk

REFER = referred()[0].given
ATTEMPT = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}


@pytest.fixture
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with desk_in(tmp_path_factory.mktemp("desk")) as here:
        yield here


async def test_a_worker_that_asks_for_a_sign_in_does_not_take_what_another_door_let_in(
    desk: Desk,
) -> None:
    message = desk.admit("worker", "refer", REFER)
    turn = Turn(message=message, at=datetime.now(UTC))
    assert desk.worker(allow_unverified=False).turns.take(turn).outcome is Outcome.DENIED
    assert desk.take(message).outcome is Outcome.ACCEPTED


async def test_a_worker_takes_what_a_door_signed_with_a_key_that_was_made_since(
    desk: Desk,
) -> None:
    Keyring(desk.settings.key_folder).create(KeyKind.DOOR)
    newer = replace(desk, door=await Door.connect(desk.settings))
    message = newer.admit("worker", "refer", REFER)
    assert message.proof is not None
    assert message.proof.key != desk.door.admission.signer.id
    assert desk.take(message).outcome is Outcome.ACCEPTED
    newer.door.close()


async def test_a_case_is_opened_under_its_own_reference_only(desk: Desk) -> None:
    given = desk.admit("intake", "record_enquiry", {"source": "VICTIM_SELF"})
    for stream in (reference("RJ", "some other"), reference("PR", given.id)):
        message = by_a_door_of_ours(desk, given, stream=stream)
        assert desk.take(message).outcome is Outcome.NONSENSE
        assert desk.recorder.turns.log.load(stream) == []


async def test_a_command_for_cases_is_not_recorded_for_a_practitioner(desk: Desk) -> None:
    stream = desk.staff["worker"]
    before = desk.recorder.turns.log.load(stream)
    asked = Message(id="for-a-person", stream=stream, name="stop_contact", body={"party": "V1"})
    assert desk.take(by_a_door_of_ours(desk, asked)).outcome is Outcome.NONSENSE
    assert desk.recorder.turns.log.load(stream) == before


async def test_what_is_recorded_says_by_which_matrix_it_was_decided(desk: Desk) -> None:
    asked = Matrix.model_validate({"inform": {"any_of": ["YOUTH_RJ"]}})
    stricter = desk.worker(matrix=asked)
    case = desk.do("worker", "refer", REFER)
    assert desk.recorder.turns.log.load(case)[-1].envelope.rules == rule_set(DEFAULT, USUAL)
    message = desk.admit("worker", "refer", REFER)
    refused = stricter.turns.take(Turn(message=message, at=datetime.now(UTC)))
    assert [r.code for r in refused.refusals] == ["the_actor_must_be_trained_for_this_act"]
    stop = desk.admit("worker", "stop_contact", {"party": "V1"}, stream=case)
    stricter.turns.take(Turn(message=stop, at=datetime.now(UTC)))
    assert desk.recorder.turns.log.load(case)[-1].envelope.rules == rule_set(asked, USUAL)


async def test_a_worker_with_another_contact_plan_decides_by_it_and_records_its_numbers(
    desk: Desk,
) -> None:
    slower = desk.worker(limits=Limits(contact_plan=ContactPlan(days_apart=20)))
    case = desk.do("worker", "refer", REFER)
    desk.do("worker", "record_contact_attempt", ATTEMPT, stream=case)
    message = desk.admit("worker", "record_contact_attempt", ATTEMPT, stream=case)
    three_weeks_on = Turn(message=message, at=datetime.now(UTC) + timedelta(days=21))
    refused = slower.turns.take(three_weeks_on)
    assert [r.code for r in refused.refusals] == ["attempts_come_days_apart"]
    assert desk.recorder.turns.take(three_weeks_on).outcome is Outcome.ACCEPTED
    stop = desk.admit("worker", "stop_contact", {"party": "V1"}, stream=case)
    slower.turns.take(Turn(message=stop, at=three_weeks_on.at))
    recorded = [entry.envelope.rules for entry in desk.recorder.turns.log.load(case)[-2:]]
    assert [rules.rpartition("+")[2] for rules in recorded] == ["3.2.5.3.365", "3.2.20.3.365"]


@pytest.mark.parametrize("offered", [[], ["CIRCLE"]])
async def test_a_form_is_planned_where_the_settings_say_that_it_is_offered(
    tmp_path: Path, offered: list[str]
) -> None:
    setup: tuple[str, str] = ("service:setup", "register_practitioner")
    async with desk_in(tmp_path, forms=offered) as desk:
        for name in ("lead", "trainer"):
            desk.staff[name] = desk.do(*setup, dict(STAFF[name]), identified="service")
        lead = desk.staff["lead"]
        for step, given in KEPT_IN_DATE:
            desk.do("trainer", step, given, stream=lead)
        case = desk.do("worker", "refer", REFER)
        desk.do("supervisor", "accept_referral", {}, stream=case)
        desk.do("supervisor", "allocate_case", {"lead": lead}, stream=case)
        plan = {"type": "CIRCLE", "threads": ["V1-O1"]}
        reply = desk.take(desk.admit("lead", "plan_intervention", plan, stream=case))
        codes = [one.code for one in reply.refusals]
        assert ("a_form_must_be_offered_in_this_area" in codes) is not bool(offered)
        assert "both_people_must_consent_to_this_in_writing" in codes


async def test_a_withdrawal_does_not_wait_for_the_vault(desk: Desk) -> None:
    case = desk.do("worker", "refer", REFER)
    stop = desk.admit("worker", "stop_contact", {"party": "V1"}, stream=case)
    vault = desk.settings.folder / "vault.db"
    desk.recorder.turns.vault.close()
    vault.rename(vault.with_suffix(".away"))
    try:
        assert desk.take(stop).outcome is Outcome.ACCEPTED
    finally:
        vault.with_suffix(".away").rename(vault)
    assert desk.recorder.turns.log.load(case)[-1].envelope.command == stop.id


async def test_what_was_refused_to_one_who_waited_becomes_a_task_when_it_is_queued(
    desk: Desk,
) -> None:
    case = desk.do("worker", "refer", REFER)
    desk.do("worker", "stop_contact", {"party": "V1"}, stream=case)
    attempt = desk.admit("worker", "record_contact_attempt", ATTEMPT, stream=case)
    assert desk.take(attempt).outcome is Outcome.REFUSED
    assert desk.recorder.refusals.tasks() == []
    assert desk.take(attempt, by_signal=True).outcome is Outcome.REFUSED
    assert [task.command for task in desk.recorder.refusals.tasks()] == [attempt.id]
    assert desk.recorder.refusals.done(case, attempt.id)
    desk.take(attempt, by_signal=True)
    assert desk.recorder.refusals.tasks() == []


async def test_a_refusal_that_cannot_be_written_down_is_answered_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unforeseen(*_: Any) -> None:
        raise ValueError

    message = desk.admit("worker", "refer", REFER)
    monkeypatch.setattr("access.refusals.Refusals.write", unforeseen)
    assert desk.take(message.model_copy(update={"proof": None})).outcome is Outcome.DENIED


def by_a_door_of_ours(desk: Desk, message: Message, **changed: str) -> Message:
    """Return the message as another door with our key might have signed it."""
    return signed(
        message.model_copy(update=changed),
        actor=message.proof.actor if message.proof else desk.staff["worker"],
        identified="unverified",
        origin="cli",
        at=datetime.now(UTC),
        signer=Keyring(desk.settings.key_folder).signer(KeyKind.DOOR),
    )


async def test_what_a_class_rests_on_is_looked_at_on_record_also_where_nothing_else_is(
    desk: Desk,
) -> None:
    """The kinds behind a class say what was done to somebody: nobody reads them unseen."""
    case = desk.do("worker", "refer", REFER)
    given = specialist_class("SPECIALIST_DA").given
    desk.do("supervisor", "classify_case", given, stream=case)
    (flags,) = fold(desk.recorder.turns.log.load(case)).behind
    before = how_many(desk.door)
    allocated = {"lead": desk.staff["worker"]}
    desk.take(desk.admit("supervisor", "allocate_case", allocated, stream=case))
    assert [flags[1].id] == [text for look in since(desk.door, before) for text in look.texts]


async def test_a_lifting_that_is_answered_again_does_not_lift_what_was_decided_since(
    desk: Desk,
) -> None:
    desk.staff["officer"] = desk.do(
        "service:setup", "register_practitioner", dict(STAFF["officer"]), identified="service"
    )
    case = desk.do("worker", "refer", REFER)
    lifting = {"party": "V1", "reply": "Invented."}
    review = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
    restricting = {**lifting, "ground": "EVIDENCE", "authority": "POLICE", "review_on": review}
    desk.do("officer", "restrict_data", restricting, stream=case)
    desk.do("worker", "propose_data_step", {"party": "V1", "step": "LIFT_RESTRICTION"}, stream=case)
    lift = desk.admit("officer", "lift_restriction", lifting, stream=case)
    assert desk.take(lift).outcome is Outcome.ACCEPTED
    desk.do("officer", "restrict_data", restricting, stream=case)
    assert desk.take(lift).outcome is Outcome.ACCEPTED
    assert desk.door.admission.vault.restricting.all() == {(case, "V1")}


async def test_a_document_in_another_cases_vault_is_looked_at_on_record_of_that_case_too(
    desk: Desk,
) -> None:
    case, other = desk.do("worker", "refer", REFER), desk.do("worker", "refer", REFER)
    message = desk.admit("worker", "record_contact_attempt", ATTEMPT, stream=case)
    assert message.proof is not None
    command = decode(message.name, message.body)
    wish = Wish(command, message, message.proof, datetime.now(UTC))
    document = TextRef(id="T-0123456789ABCDEF", digest="0" * 64)
    before = how_many(desk.door)
    wanted = Needs(frozenset(), (), behind=((case, document), (other, document)))
    desk.recorder.turns.looking.note(wish, wanted)
    (look,) = since(desk.door, before)
    assert look.about == (case, other)
