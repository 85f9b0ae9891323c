"""By what a number can be broken down: what the log says of a case, or the vault of a person.

What the vault says leaves it only as counts, small ones hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from domain.calendar import local_day

if TYPE_CHECKING:
    from reports.definition import Member
    from reports.told import Told

NOTHING, OWN = "total", "kind"
"""Not broken down at all; by the parts that a number has of its own."""
CAUSE = "cause"
"""By why it was, where that is recorded."""
NOT_SAID = "NOT_SAID"
_AGES = ((9, "under 10"), (17, "10-17"), (24, "18-24"), (39, "25-39"), (59, "40-59"))
_OLDER = "60-and-over"


def _of_case(field: str) -> Callable[[Told, Member], str]:
    def part(told: Told, one: Member) -> str:  # noqa: ARG001
        value = getattr(told.case if told.is_case else told.practitioner, field, None)
        return str(value) if value else NOT_SAID

    return part


def _side(told: Told, one: Member) -> str:
    person = told.case.parties.get(one.party or "") if told.is_case else None
    if person is None or not (person.is_victim or person.is_offender):
        return NOT_SAID
    return told.side(person.id)


def _in_vault(field: str) -> Callable[[Told, Member], str]:
    def part(told: Told, one: Member) -> str:
        said = _details(told, one).get(field)
        if not said or not isinstance(said, str | bool):
            return NOT_SAID
        return _age(said, told) if field == "born" else str(said).strip().upper()

    return part


def _details(told: Told, one: Member) -> Mapping[str, object]:
    person = told.case.parties.get(one.party or "") if told.is_case else None
    if person is None or person.details is None:
        return {}
    return told.sources.documents(told.stream, [person.details]).get(person.details.id, {})


def _age(born: object, told: Told) -> str:
    try:
        day = date.fromisoformat(str(born))
    except ValueError:
        return NOT_SAID
    at = local_day(told.case.referred_at or told.case.opened_at or told.sources.at)
    years = at.year - day.year - ((at.month, at.day) < (day.month, day.day))
    return next((name for most, name in _AGES if years <= most), _OLDER).replace(" ", "-")


IN_LOG: dict[str, Callable[[Told, Member], str]] = {
    "area": _of_case("area"),
    "organisation": _of_case("organisation"),
    "source": _of_case("source"),
    "initiator": _of_case("initiator"),
    "class": _of_case("sensitivity"),
    "side": _side,
    CAUSE: lambda _told, one: one.cause or NOT_SAID,
}
EQUALITY: dict[str, Callable[[Told, Member], str]] = {
    "age": _in_vault("born"),
    "sex": _in_vault("sex"),
    "ethnicity": _in_vault("ethnicity"),
    "disability": _in_vault("disability"),
    "religion": _in_vault("religion"),
    "orientation": _in_vault("orientation"),
}
"""By what people said of themselves, if they wished to: only counts of it leave the vault."""
WAYS: dict[str, Callable[[Told, Member], str]] = {
    NOTHING: lambda _told, _one: "",
    OWN: lambda _told, one: one.kind,
    **IN_LOG,
    **EQUALITY,
}
