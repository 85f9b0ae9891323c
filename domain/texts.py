"""References to what the vault holds: the log and Temporal carry these, never the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.ids import PartyId

if TYPE_CHECKING:
    from domain.record import Entry

CASE = "case"
"""The owner of what is nobody's words in particular: notes about the case as a whole."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
TextId = Annotated[str, StringConstraints(pattern=r"^T-[0-9A-HJKMNP-TV-Z]{16}$")]


class TextRef(BaseModel):
    """Where a text or file lies in the vault, and the SHA-256 of its ciphertext (hexadecimal).

    No digest of plain text exists outside the vault: a "no" or a birthday can be guessed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: TextId
    digest: Digest


class OwnedBy:
    """Marks a `TextRef` field of a command as personal, and says whose words it will hold.

    `field` names the sibling field that holds the owner's party id; `CASE` means the case itself.
    People are asked for the words; the door puts them into the vault and keeps the reference.
    """

    def __init__(self, field: str = CASE) -> None:
        self.field = field


class IsFile:
    """Marks a `TextRef` field of a command as one to a file: no words are ever put in its place."""


@dataclass(frozen=True, slots=True)
class Owned:
    """One reference of a command, where it stands (`parties.0.details`), and whose words it has to
    be to: a party's id or `CASE`; None if the field that should say so does not."""

    place: str
    owner: str | None
    ref: TextRef


def owned(model: BaseModel) -> Iterator[Owned]:
    """Yield every reference of a command, with whose words its types say that it has to be to."""
    yield from _of_fields(model, "", {})


def _of_fields(model: BaseModel, place: str, around: Mapping[str, Any]) -> Iterator[Owned]:
    beside = {**around, **{name: getattr(model, name) for name in model.model_fields_set}}
    for name, says in _whose(type(model)):
        owner = CASE if says == CASE else beside.get(says)
        yield from _within(getattr(model, name), f"{place}{name}", owner, beside)


@cache
def _whose(kind: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return each field, and the field that says whose words it holds."""
    found = []
    for name, field in kind.model_fields.items():
        marks = [mark for mark in field.metadata if isinstance(mark, OwnedBy)]
        says = next(iter([*marks, *_marks(field.annotation)]), OwnedBy(CASE)).field
        found.append((name, says))
    return tuple(found)


def _within(value: Any, place: str, owner: Any, beside: Mapping[str, Any]) -> Iterator[Owned]:
    if isinstance(value, TextRef):
        yield Owned(place, str(owner) if isinstance(owner, str) else None, value)
    elif isinstance(value, BaseModel):
        yield from _of_fields(value, f"{place}.", beside)
    elif isinstance(value, tuple | list | set | frozenset):
        for number, one in enumerate(value):
            yield from _within(one, f"{place}.{number}", owner, beside)


def _marks(kind: Any) -> Iterator[OwnedBy]:
    """Yield the marks within a field's type: of an option, or of what a list holds."""
    for part in get_args(kind):
        if isinstance(part, OwnedBy):
            yield part
        else:
            yield from _marks(part)


__all__ = [
    "CASE",
    "Digest",
    "IsFile",
    "Owned",
    "OwnedBy",
    "PartyId",
    "TextId",
    "TextRef",
    "owned",
]


def references(entry: Entry) -> Iterator[tuple[str, TextRef]]:
    """Yield every reference in an entry of the log, with the name of the field that it is in."""
    yield from _referred_to("", entry.event)
    if entry.recorded.why and entry.recorded.why.words:
        yield "why", entry.recorded.why.words


def _referred_to(name: str, value: Any) -> Iterator[tuple[str, TextRef]]:
    if isinstance(value, TextRef):
        yield name, value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _referred_to(field, getattr(value, field))
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _referred_to(name, inner)
