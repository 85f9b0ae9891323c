"""Checking details (who somebody is, how to reach them) before they are put into the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.ending import nonsense
from cli.fields import fields_of, is_model, model_fields
from domain.behind import behind
from domain.words import ENDORSEMENTS, Flag
from vault import Unfit
from vault.details import DETAILS, OFFENCE, OffenceDetails, PartyDetails

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cli.fields import CommandField
    from domain.command import Command
    from vault.details import Details


def check_details(command: type[Command], given: dict[str, Any]) -> None:
    """See that what is given as details is a document of details. Raises `Ended`.

    A rule reads it on the day (is this person under 18?), so that it may not be loose words.
    """
    problems = [*_problems(fields_of(command), given, "")]
    if problems:
        raise nonsense(*problems)


def _problems(fields: Sequence[CommandField], given: dict[str, Any], place: str) -> Iterator[str]:
    for field in fields:
        value = given.get(field.name)
        if field.name == "flags" and field.personal and value is not None:
            yield from _of_flags(value, f"{place}{field.name}")
        if field.name == OFFENCE and field.personal and isinstance(value, dict):
            yield from _entered(OffenceDetails, value, f"{place}{field.name}")
        if field.name == DETAILS and field.personal and value is not None:
            yield from _of_document(value, f"{place}{field.name}")
        elif is_model(field.shape.kind) and isinstance(value, list):
            inner = model_fields(field.shape.kind)
            for number, part in enumerate(value, 1):
                if isinstance(part, dict):
                    yield from _problems(inner, part, f"{place}{field.name}.{number}.")


def _of_flags(value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict) or "flags" not in value:
        yield f'{place}: an object such as {{"flags": ["DOMESTIC_ABUSE"]}}'
    elif behind(value) is None:
        yield (
            f"{place}: each of flags is one of {', '.join(Flag)}; endorsements that it needs "
            f"besides, if any, are of {', '.join(sorted(ENDORSEMENTS))}"
        )


def _of_document(value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f'{place}: an object such as {{"name": …, "born": "1984-02-29"}}'
        return
    yield from _entered(PartyDetails, value, place)


def _entered(kind: type[Details], value: dict[str, Any], place: str) -> Iterator[str]:
    try:
        kind.entered(value)
    except Unfit as error:
        yield f"{place}: {error}"
