"""What the cases of the year are about, and who is in them: invented, and plainly so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

SOURCES: tuple[tuple[int, str, str, tuple[str, ...]], ...] = (
    (26, "POLICE_OFFICER", "SERVICE_INITIATED", ("REPORTED_UNDER_INVESTIGATION", "CAUTION")),
    (10, "PCSO", "VICTIM_INITIATED", ("COMMUNITY_RESOLUTION", "CAUTION")),
    (3, "COMMUNITY_WARDEN", "SERVICE_INITIATED", ("COMMUNITY_RESOLUTION",)),
    (15, "PROBATION_PRACTITIONER", "SERVICE_INITIATED", ("COMMUNITY_OR_SUSPENDED_SENTENCE",)),
    (6, "PRISON_STAFF", "SERVICE_INITIATED", ("CUSTODY",)),
    (10, "VICTIM_SUPPORT_SERVICE", "VICTIM_INITIATED", ("GUILTY_PLEA_PRE_SENTENCE", "CUSTODY")),
    (8, "VLO", "VICTIM_INITIATED", ("CUSTODY", "LICENCE_OR_POST_RELEASE")),
    (7, "VICTIM_SELF", "VICTIM_INITIATED", ("SENTENCE_EXPIRED", "CUSTODY")),
    (5, "COURT_OR_PSR_AUTHOR", "COURT_INITIATED", ("GUILTY_PLEA_PRE_SENTENCE",)),
    (4, "HOUSING_ASB_TEAM", "SERVICE_INITIATED", ("REPORTED_UNDER_INVESTIGATION",)),
    (4, "PARTNER_AGENCY", "VICTIM_INITIATED", ("GUILTY_PLEA_PRE_SENTENCE",)),
    (2, "WITNESS_CARE_UNIT", "VICTIM_INITIATED", ("CONVICTED_AFTER_TRIAL_PRE_SENTENCE",)),
)
"""Of a hundred referrals: how many, from whom, who began it, and where the process stands."""

OFFENCES: tuple[tuple[int, str], ...] = (
    (19, "An assault"),
    (17, "A burglary"),
    (15, "A theft"),
    (14, "Damage to a car"),
    (9, "A robbery"),
    (7, "A quarrel between neighbours that came to blows"),
    (5, "A fraud"),
    (4, "Careless driving"),
    (4, "Threats"),
    (3, "A stolen bicycle"),
    (3, "A fire in a shed"),
)
"""Of a hundred matters: how many, and what happened."""

PLACES = ("Exampleton", "Sampleford", "Little Specimen", "Mockbury", "Nowhere-on-the-Hill")

_VICTIMS = (  # noqa: SIM905 - names read better as words
    "Alma Brigid Ceri Dilys Esther Fatima Gwendolyn Hyacinth Iolanda Jocasta Kirsten"
    " Leocadia Myfanwy Nkechi Ottoline Perpetua Rosalind Sadia Tabitha Ursula Violetta"
    " Winifred Xanthe Yolanda Zuzanna Ambrose Barnaby Cuthbert Desmond Ephraim Fergus Gideon"
    " Horatio Ignatius Jasper"
).split()
_OFFENDERS = (  # noqa: SIM905 - names read better as words
    "Alfie Bartek Callum Dmitri Emlyn Farouk Gavin Howell Ivo Jerome Kieran Lloyd Marek"
    " Nathaniel Osian Piotr Quentin Ravi Stefan Trystan Umar Vaughan Wesley Yusuf Zachary"
    " Bethany Chantelle Demi Elodie Francesca Georgina Heledd Imogen Jolanta"
).split()
_SURNAMES = (  # noqa: SIM905 - names read better as words
    "Examplewright Samplesmith Madeupham Nowhereby Pretendergast Fictionby Notrealson"
    " Imaginaryan Placeholderton Templateman Specimenly Dummyworth Mockupham Stubbins-Test"
    " Facsimiley Inventedson Hypothetical Supposington Fabricant Makebelieve Illustrator"
    " Paragonless Prototyper"
).split()
_EARLIEST, _SPAN, _STEP = date(1948, 1, 1), 20_011, 7_919
"""Births lie within these days; the span is prime, so that no two people are born on one day."""


def drawn(draw: Random, of_all: tuple[tuple[Any, ...], ...]) -> tuple[Any, ...]:
    """Return one of these by its weight, which stands first, without the weight."""
    return draw.choices(of_all, [one[0] for one in of_all])[0][1:]


def victim(number: int, place: int = 1, role: str = "DIRECT_VICTIM", **more: Any) -> dict[str, Any]:
    """Return a harmed person of this case, the nth of them, plainly invented."""
    details = {**_details(number, place, _VICTIMS, 0), "safe_way": "By telephone (invented)."}
    return {"party": f"V{place}", "role": role, "details": details, **more}


def offender(
    number: int, stage: str, place: int = 1, role: str = "OFFENDER", **more: Any
) -> dict[str, Any]:
    """Return a person responsible of this case, the nth of them, plainly invented."""
    details = _details(number, place, _OFFENDERS, 4)
    return {"party": f"O{place}", "role": role, "stage": stage, "details": details, **more}


def other(party: str, role: str, number: int, **more: Any) -> dict[str, Any]:
    """Return somebody else of this case, plainly invented."""
    details = {"name": _details(number, 9, _VICTIMS, 8)["name"]}
    return {"party": party, "role": role, "details": details, **more}


def _details(number: int, place: int, first: list[str], side: int) -> dict[str, Any]:
    # Ten people a case, of whom no two have both a name and a birthday in common.
    born = _EARLIEST + timedelta(days=(10 * number + side + place) * _STEP % _SPAN)
    surname = _SURNAMES[(number + 5 * (side + place)) % len(_SURNAMES)]
    name = f"{first[(number + 11 * place) % len(first)]} {surname} (invented)"
    return {"name": name, "born": born.isoformat()}
