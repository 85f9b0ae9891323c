"""A command happens once, however often and from wherever it is sent."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from client import Denied, Nonsense, Unavailable
from tests.cases import WISH, a_referred_case, an_enquiry
from tests.faults import out_of_reach, times
from tests.serving import new_id

if TYPE_CHECKING:
    from client import Answer
    from tests.serving import Service

NAME = "record_wish"
SAME_RUN_OR_NEXT = pytest.mark.parametrize(
    "renewed", [False, True], ids=["in the same run", "in the next run"]
)


async def wish(service: Service, case: str, command_id: str) -> Answer:
    return await service.do("worker", NAME, more={"stream": case, "command_id": command_id}, **WISH)


def recorded(service: Service, case: str, command_id: str) -> int:
    return [e.envelope.command for e in service.log(case)].count(command_id)


async def test_sent_twice_in_one_run_it_is_answered_as_it_was_recorded(service: Service) -> None:
    case, command_id = await a_referred_case(service), new_id()
    first = await wish(service, case, command_id)
    await wish(service, case, new_id())
    assert await wish(service, case, command_id) == first
    assert recorded(service, case, command_id) == 1


async def test_sent_again_after_the_run_was_renewed_it_is_answered_by_the_log(
    service: Service,
) -> None:
    case, command_id = await a_referred_case(service), new_id()
    first = await wish(service, case, command_id)
    await service.renewed(case)
    await wish(service, case, new_id())
    assert await wish(service, case, command_id) == first
    assert recorded(service, case, command_id) == 1
    assert (await service.present(case)).version == len(service.log(case))


async def test_sent_again_after_its_run_ended_it_is_answered_by_the_log(service: Service) -> None:
    command_id = new_id()
    case = await an_enquiry(service, command_id=command_id)
    await service.do("intake", "end_enquiry", more={"stream": case})
    await service.run(case).terminate()
    again = await an_enquiry(service, command_id=command_id)
    assert again == case
    assert recorded(service, case, command_id) == 2
    assert len(service.log(case)) == 3


async def test_an_opening_command_sent_by_ten_at_once_opens_one_case(service: Service) -> None:
    command_id = new_id()
    cases = await asyncio.gather(
        *(a_referred_case(service, command_id=command_id) for _ in range(10))
    )
    assert len(set(cases)) == 1
    assert {e.envelope.command for e in service.log(cases[0])} == {command_id}


async def test_the_same_words_sent_again_are_the_same_command_and_other_words_are_not(
    service: Service,
) -> None:
    case, more = await a_referred_case(service), {"command_id": new_id()}
    given = {"party": "V1", "details": {"name": "Vera Example", "phone": "none"}}
    more["stream"] = case
    first = await service.do("worker", "change_details", more=more, **given)
    other = {**given, "details": {"name": "Vera Sample"}}
    for _ in range(2):
        assert await service.do("worker", "change_details", more=more, **given) == first
        with pytest.raises(Nonsense, match="used before"):
            await service.do("worker", "change_details", more=more, **other)
        assert recorded(service, case, more["command_id"]) == 1
        await service.renewed(case)


@SAME_RUN_OR_NEXT
async def test_the_same_id_for_another_command_is_nonsense(service: Service, renewed: bool) -> None:
    case, command_id = await a_referred_case(service), new_id()
    first = await wish(service, case, command_id)
    if renewed:
        await service.renewed(case)
    more = {"stream": case, "command_id": command_id}
    with pytest.raises(Nonsense, match="used before"):
        await service.do("worker", NAME, more=more, **{**WISH, "wanted": False})
    with pytest.raises(Nonsense, match="used before"):
        await service.do("worker", "stop_contact", more=more, party="V1")
    assert service.log(case)[-1].version == first.version
    assert await wish(service, case, command_id) == first


async def test_of_two_contents_sent_at_once_under_one_id_one_is_recorded_and_told_to_be(
    service: Service,
) -> None:
    case, command_id = await a_referred_case(service), new_id()
    more = {"stream": case, "command_id": command_id}
    contents = [{**WISH, "wanted": wanted} for wanted in (True, False)]
    answers = await asyncio.gather(
        *(service.do("worker", NAME, more=more, **given) for given in contents),
        return_exceptions=True,
    )
    told = {type(answer).__name__ for answer in answers}
    assert told == {"Answer", "Nonsense"}
    winner = next(g for g, a in zip(contents, answers, strict=True) if not isinstance(a, Nonsense))
    assert service.log(case)[-1].envelope.data["wanted"] == winner["wanted"]
    assert recorded(service, case, command_id) == 1


@SAME_RUN_OR_NEXT
async def test_nobody_else_gets_the_answer_to_somebodys_command(
    service: Service, renewed: bool
) -> None:
    case, command_id = await a_referred_case(service), new_id()
    await wish(service, case, command_id)
    if renewed:
        await service.renewed(case)
    with pytest.raises(Denied):
        await service.do(
            "supervisor", NAME, more={"stream": case, "command_id": command_id}, **WISH
        )


async def test_written_but_not_acknowledged_it_is_answered_and_not_written_twice(
    service: Service,
) -> None:
    case, command_id = await a_referred_case(service), new_id()
    service.faults.after_append[case] = times(2, out_of_reach)
    answer = await wish(service, case, command_id)
    assert answer.version == len(service.log(case))
    assert recorded(service, case, command_id) == 1


async def test_a_command_that_found_no_store_is_tried_afresh_under_the_same_id(
    service: Service,
) -> None:
    case, command_id = await a_referred_case(service), new_id()
    impatient = service.through(answer_within=0.8)
    service.faults.before_append[case] = out_of_reach
    with pytest.raises(Unavailable) as unavailable:
        await wish(impatient, case, command_id)
    assert unavailable.value.command_id == command_id
    del service.faults.before_append[case]
    assert (await wish(service, case, command_id)).version == len(service.log(case))
    assert recorded(service, case, command_id) == 1
