"""What goes on paper about one person: of a redacted text the new one, and no way to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from client import Why
from client.printing import LEFT_OUT, Printed, printed
from domain.record import Actor
from domain.words import LookReason
from tests.erasing import NAME, case_of, decide, refer

if TYPE_CHECKING:
    from tests.serving import Service

FIGURES, OF_O1 = "01632 960 002", {"phone": "01632 960 002", "notes": "Somebody rang (invented)."}


async def beside(service: Service, case: str, said: str) -> None:
    """Add somebody who says this of what makes taking part possible for them."""
    given: dict[str, Any] = {"party": "S1", "role": "SUPPORTER_OF_OFFENDER", "of": "O1"}
    await service.do("worker", "add_party", more={"stream": case}, **given, details={"needs": said})


def on_paper(service: Service, case: str, party: str) -> str:
    """Return what of somebody's details goes on a page about them."""
    details = case_of(service, case).party(party).details
    assert details is not None
    actor = Actor(id=service.someone("lead"), identified="unverified")
    reading = service.door.readings.because(Why(LookReason.RIGHTS_REQUEST))
    what = Printed(case, party, (details,), actor.id)
    return printed(reading, actor, what, "TEST")[details.id]


async def test_of_a_redacted_text_what_stands_in_its_place_is_printed_and_looked_for(
    service: Service,
) -> None:
    case = await refer(service)
    await beside(service, case, f"Ring him on {FIGURES}.")
    details = {**OF_O1, "notes": f"{NAME} rang."}
    await service.do("worker", "change_details", more={"stream": case}, party="O1", details=details)
    await decide(service, case)
    found = case_of(service, case).data.mentions.values()
    (mention,) = (one for one in found if one.owner == "O1")
    more = {"stream": case}
    given: dict[str, Any] = {"text": mention.text, "owner": "O1", "words": OF_O1}
    await service.do("officer", "redact_mention", more=more, **given)
    assert on_paper(service, case, "S1") == LEFT_OUT
    assert FIGURES in on_paper(service, case, "O1")


@pytest.mark.parametrize("kept", ["22 Made-up Terrace.", "Flat 3 22 Made-up Terrace Nowhereton"])
@pytest.mark.parametrize("said", ["He is at 22 made-up terrace", "22, Made-up  Terrace; go there"])
async def test_a_line_of_an_address_is_found_however_it_is_written(
    service: Service, kept: str, said: str
) -> None:
    case = await refer(service)
    await beside(service, case, said)
    await service.do(
        "worker", "change_details", more={"stream": case}, party="O1", details={"address": kept}
    )
    assert on_paper(service, case, "S1") == LEFT_OUT
