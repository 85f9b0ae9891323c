"""Cases of one person in a service under test, and what follows in one from another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from client.follow_ups import FollowUps
from domain.fold import fold, fold_person
from domain.record import Actor
from projections import catch_up, open_views, take_over, to_follow
from tests.cases import a_referred_case
from tests.serving import new_id

if TYPE_CHECKING:
    from domain.case import Case
    from domain.person import Person
    from tests.serving import Service

INFORM = {"party": "V1", "channel": "TELEPHONE"}
NOT_THE_SAME = "Two people of one name, plainly invented."


def case_of(service: Service, reference: str) -> Case:
    return fold(service.log(reference))


def person_of(service: Service, reference: str) -> Person:
    return fold_person(service.log(reference))


def person_in(service: Service, case: str, party: str = "V1") -> str:
    return case_of(service, case).persons[party].person


async def two_cases(service: Service, *, same_matter: bool = True) -> tuple[str, str]:
    """Return two cases in which V1 is one person."""
    first = await a_referred_case(service, command_id=new_id())
    second = await a_referred_case(service, command_id=new_id())
    given = {"party": "V1", "other": first, "there": "V1", "same_matter": same_matter}
    await service.do("worker", "link_person", more={"stream": second}, **given)
    return first, second


def followed(service: Service) -> list[str]:
    """Return of what the read models say that something follows from it, however short ago."""
    views = open_views(
        service.settings.database("views"), service.settings.limits, service.settings.competence
    )
    try:
        take_over(views)
        catch_up(service.door.admission.log, views)
        return to_follow(views, datetime.max.replace(tzinfo=UTC))
    finally:
        views.close()


async def everything_follows(service: Service) -> None:
    """Have what follows be done as the worker does it in the background."""
    for _ in range(3):
        for stream in followed(service):
            await FollowUps(service.door, list).finished(stream)


def somebody(service: Service, who: str) -> Actor:
    return Actor(id=service.someone(who), identified="unverified")
