"""Cases to begin a test with, and commands that can be repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.paths import referred

if TYPE_CHECKING:
    from tests.serving import Service

ATTEMPT = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}
"""An attempt to reach somebody: `record_contact_attempt`, once in some working days."""
WISH = {"party": "V1", "wish": "BE_TOLD_OUTCOME"}
"""What somebody wishes to be told: `record_wish`, which can be recorded again and again."""


async def a_referred_case(service: Service, **more: Any) -> str:
    """Open a case by a referral; return its reference."""
    refer = referred()[0]
    return (await service.do(refer.who, refer.name, more=more, **refer.given)).stream


async def an_enquiry(service: Service, **more: Any) -> str:
    """Open a case by an enquiry; return its reference."""
    given = {"source": "VICTIM_SELF", "asked": "What is restorative justice? Plainly invented."}
    return (await service.do("intake", "record_enquiry", more=more, **given)).stream


async def an_ended_case(service: Service, **more: Any) -> str:
    """Open a case by an enquiry that came to nothing, its words removed since; it waits for nothing
    at all."""
    case = await an_enquiry(service, **more)
    here = {"stream": case}
    await service.do("intake", "end_enquiry", more=here)
    await service.do("intake", "propose_data_step", more=here, step="REMOVE_STORY")
    removed = {"extent": "STORY", "ground": "RETENTION_ENDED", "reply": "Plainly invented."}
    await service.do("officer", "decide_erasure", more=here, **removed)
    return case
