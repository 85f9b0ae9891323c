"""From the cells of a spreadsheet to the fields of a command.

A column is called like the field; one part of a field has a column of its own, with points between
and numbers from 1: `parties.1.details.name`. A cell takes what an option takes; a part that has no
column of its own is written as JSON in its cell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cli.ending import Ended
from cli.fields import fields_of, is_model, model_fields
from cli.source import parsed_any
from cli.typed import NotTyped, value_of
from vault.details import DETAILS, OFFENCE, OffenceDetails, PartyDetails

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cli.fields import CommandField
    from domain.command import Command
    from vault.details import Details

_DOCUMENTS: dict[str, type[Details]] = {DETAILS: PartyDetails, OFFENCE: OffenceDetails}


class NoCells(ValueError):
    """Cells that do not fit; `problems` are pairs of a field and a sentence about it."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__(f"{len(problems)} cells do not fit")
        self.problems = tuple(problems)


def from_cells(command: type[Command], cells: Mapping[str, str]) -> dict[str, Any]:
    """Return what the cells give, as JSON has it. Raises `NoCells`."""
    reading = _Reading()
    given = reading.fields(fields_of(command), reading.tree(cells), "")
    if reading.problems:
        raise NoCells(reading.problems)
    return given


class _Reading:
    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def tree(self, cells: Mapping[str, str]) -> dict[str, Any]:
        root: dict[str, Any] = {}
        for name, text in cells.items():
            *above, last = name.split(".")
            inner: Any = root
            for part in above:
                inner = inner.setdefault(part, {}) if isinstance(inner, dict) else None
            if not isinstance(inner, dict) or last in inner:
                self.problems.append((name, "given as a whole and in parts"))
            else:
                inner[last] = text
        return root

    def fields(
        self, fields: Sequence[CommandField], tree: Mapping[str, Any], above: str
    ) -> dict[str, Any]:
        known = {field.name: field for field in fields}
        return {
            name: self._field(known[name], value, f"{above}{name}") if name in known else value
            for name, value in tree.items()
        }

    def _field(self, field: CommandField, value: Any, place: str) -> Any:
        if isinstance(value, str):
            return self._cell(field, value, place)
        if field.shape.many and is_model(field.shape.kind):
            return self._several(field, value, place)
        if field.personal and field.name in _DOCUMENTS:
            return self.fields(model_fields(_DOCUMENTS[field.name]), value, f"{place}.")
        if is_model(field.shape.kind):
            return self.fields(model_fields(field.shape.kind), value, f"{place}.")
        if field.shape.value is not None:
            one = replace(field, shape=field.shape.value)
            return {name: self._of_its_own(one, v, f"{place}.{name}") for name, v in value.items()}
        self.problems.append((place, "this has no parts"))
        return None

    def _several(self, field: CommandField, parts: Mapping[str, Any], place: str) -> list[Any]:
        inner, found = model_fields(field.shape.kind), []
        for number, name in enumerate(sorted(parts, key=_in_order), 1):
            if name != str(number) or not isinstance(parts[name], dict):
                self.problems.append((place, "parts are numbered from 1, without gaps"))
                break
            found.append(self.fields(inner, parts[name], f"{place}.{name}."))
        return found

    def _of_its_own(self, one: CommandField, value: Any, place: str) -> Any:
        if isinstance(value, str):
            return self._typed(one, value, place)
        self.problems.append((place, "this has no parts"))
        return None

    def _cell(self, field: CommandField, text: str, place: str) -> Any:
        document = field.personal and field.name in {*_DOCUMENTS, "flags"}
        if text[0] in "{[" and (document or is_model(field.shape.kind) or field.shape.many):
            try:
                return parsed_any(text, "this cell")
            except Ended as error:
                self.problems += [(place, said) for said in error.failure.sentences]
                return None
        return text if field.personal else self._typed(field, text, place)

    def _typed(self, field: CommandField, text: str, place: str) -> Any:
        try:
            return value_of(field, [text])
        except NotTyped as error:
            self.problems.append((place, str(error).removeprefix(f"{field.option}: ")))
            return None


def _in_order(name: str) -> tuple[int, str]:
    return (len(name), name)
