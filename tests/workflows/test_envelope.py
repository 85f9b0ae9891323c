"""What reaches a workflow from elsewhere than the door: refused, written down, and harmless."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from domain.message import Message
from keys import KeyKind, Keyring
from proof import signed
from tests.cases import WISH, a_referred_case
from tests.serving import new_id
from workflows.run import TICK, Failure

if TYPE_CHECKING:
    from tests.serving import Service

NAME = "record_wish"


def by_the_door(service: Service, message: Message, who: str = "worker") -> Message:
    """Return the message with a proof such as the door makes."""
    return signed(
        message,
        actor=service.staff[who],
        identified="unverified",
        origin="cli",
        at=datetime.now(UTC),
        signer=service.door.admission.signer,
    )


async def sent(service: Service, case: str, message: Any, name: str = NAME, **more: Any) -> str:
    """Send it past the door and return the type of the failure."""
    update_id = message.id if isinstance(message, Message) else new_id()
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await service.run(case).execute_update(name, message, **{"id": update_id, **more})
    assert isinstance(failed.value.cause, ApplicationError)
    return str(failed.value.cause.type)


async def test_a_command_without_the_doors_proof_is_denied(service: Service) -> None:
    case = await a_referred_case(service)
    message = Message(id=new_id(), stream=case, name=NAME, body=WISH)
    assert await sent(service, case, message) == Failure.DENIED


async def test_a_proof_holds_for_the_one_command_that_it_was_made_for(service: Service) -> None:
    case, other = await a_referred_case(service), await a_referred_case(service)
    proved = by_the_door(service, Message(id=new_id(), stream=case, name=NAME, body=WISH))
    assert proved.proof is not None
    forged: list[dict[str, Any]] = [
        {"body": {**WISH, "wanted": False}},
        {"id": new_id()},
        {"stream": other},
        {"proof": proved.proof.model_copy(update={"actor": service.staff["supervisor"]})},
        {"proof": proved.proof.model_copy(update={"identified": "smart-card"})},
        {"proof": proved.proof.model_copy(update={"issued_at": datetime.now(UTC)})},
        {"proof": proved.proof.model_copy(update={"origin": "api"})},
    ]
    for change in forged:
        message = proved.model_copy(update=change)
        assert await sent(service, message.stream, message) == Failure.DENIED


async def test_a_proof_made_with_a_key_that_is_not_ours_is_denied(
    service: Service, tmp_path: Any
) -> None:
    case = await a_referred_case(service)
    foreign = Keyring(tmp_path, environment={})
    foreign.create_missing()
    message = signed(
        Message(id=new_id(), stream=case, name=NAME, body=WISH),
        actor=service.staff["worker"],
        identified="unverified",
        origin="cli",
        at=datetime.now(UTC),
        signer=foreign.signer(KeyKind.DOOR),
    )
    assert await sent(service, case, message) == Failure.DENIED


async def test_authorisation_is_asked_again_behind_the_door(service: Service) -> None:
    case = await a_referred_case(service)
    message = Message(id=new_id(), stream=case, name="accept_referral")
    denied = by_the_door(service, message, "auditor")
    assert await sent(service, case, denied, "accept_referral") == Failure.DENIED
    assert [r.actor for r in service.recorder.refusals.of(case)] == [service.staff["auditor"]]


async def test_an_unknown_command_or_field_is_nonsense(service: Service) -> None:
    case = await a_referred_case(service)
    unknown = by_the_door(service, Message(id=new_id(), stream=case, name="make_tea"))
    assert await sent(service, case, unknown, "make_tea") == Failure.NONSENSE
    body = {**WISH, "sugar": 2}
    field = by_the_door(service, Message(id=new_id(), stream=case, name=NAME, body=body))
    assert await sent(service, case, field) == Failure.NONSENSE


async def test_what_is_no_message_of_this_stream_leaves_no_trace_in_the_case(
    service: Service,
) -> None:
    case, other = await a_referred_case(service), await a_referred_case(service)
    message = by_the_door(service, Message(id=new_id(), stream=case, name=NAME, body=WISH))
    before = (await service.run(case).fetch_history()).events
    assert await sent(service, case, "a text") == Failure.MALFORMED
    assert await sent(service, case, message, "accept_referral") == Failure.MALFORMED
    assert await sent(service, case, message, id=new_id()) == Failure.MALFORMED
    assert await sent(service, other, message) == Failure.MALFORMED
    assert len((await service.run(case).fetch_history()).events) == len(before)
    assert (await service.do("worker", NAME, more={"stream": case}, **WISH)).version


async def test_nobody_plays_the_clock(service: Service) -> None:
    case = await a_referred_case(service)
    message = Message(id=new_id("tick"), stream=case, name=TICK)
    assert await sent(service, case, message, TICK) == Failure.MALFORMED


async def test_words_that_are_not_in_the_vault_cannot_be_referred_to(service: Service) -> None:
    case, other = await a_referred_case(service), await a_referred_case(service)
    elsewhere = service.log(other)
    refs = [e.envelope.data["details"] for e in elsewhere if e.name == "party_added"]
    body = {"party": "V1", "details": refs[0]}
    message = Message(id=new_id(), stream=case, name="change_details", body=body)
    assert await sent(service, case, by_the_door(service, message), "change_details") == (
        Failure.NONSENSE
    )
