"""What was asked, of what was recorded: by which command some entries came about.

The record has the id and the digest of each command, and not its name. A name is told where it can
be proved: the command is put together again from what its entries say, and its digest is the one
that was recorded. Where that does not succeed, as in a visit, or where the entries do not say all
that was typed, nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain, combinations, groupby, islice, product, repeat
from typing import TYPE_CHECKING, Any

# The decision loads every command there is.
import domain.decide  # noqa: F401
from domain.calendar import LONDON
from domain.command import COMMANDS, Command, digest
from domain.events.protection import ActedInBreach, LateEntryNoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from domain.record import Entry, Envelope

_MOST = 4096
"""Ways in which a command is put together at most; what takes more is not told."""
_COMMON = frozenset(Command.model_fields)
_CLOCK = "clock"
Body = dict[str, Any]


class How(StrEnum):
    """How it is known what was asked."""

    PROVED = "PROVED"
    """Put together again, it has the digest that was recorded."""
    RECORDED = "RECORDED"
    """An entry names it: alone, or as a part of a visit."""
    CLOCK = "CLOCK"
    """Nobody asked: something fell due."""
    NOT_TOLD = "NOT_TOLD"
    """The record has its id and its digest: whoever kept the command can show that it was this."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which command was asked for, by its wire name, and how that is known."""

    name: str | None
    how: How


def asked_of_each(entries: Sequence[Entry]) -> Iterator[Asked]:
    """Yield for each entry of a stream what was asked."""
    for _, ones in groupby(entries, lambda entry: entry.envelope.command):
        together = [*ones]
        yield from repeat(asked_of(together), len(together))


def asked_of(together: Sequence[Entry]) -> Asked:
    """Return what was asked, of all entries that one command led to, in their order."""
    first = together[0].envelope
    if first.origin == _CLOCK:
        return Asked(None, How.CLOCK)
    names = _commands(together[0].stream.partition("-")[0])
    if proved := next((name for name in names if _is(name, together)), None):
        return Asked(proved, How.PROVED)
    for entry in together:
        if isinstance(entry.event, ActedInBreach):
            return Asked(entry.event.command, How.RECORDED)
        if isinstance(entry.event, LateEntryNoted):
            return Asked(entry.event.name_of, How.RECORDED)
    return Asked(None, How.NOT_TOLD)


@cache
def _commands(kind: str) -> tuple[str, ...]:
    return tuple(name for name, cls in COMMANDS.items() if cls.stream.value == kind)


def _is(name: str, together: Sequence[Entry]) -> bool:
    wanted = together[0].envelope.digest
    tried = islice(_bodies(name, together), _MOST)
    return any(digest(name, body) == wanted for body in tried)


def _bodies(name: str, together: Sequence[Entry]) -> Iterator[Body]:
    """Yield each command of this name that may have led to these entries, as it travels."""
    known = _said(together)
    fields = {f: info for f, info in COMMANDS[name].model_fields.items() if f not in _COMMON}
    needed = [f for f, info in fields.items() if info.is_required()]
    if any(field not in known for field in needed):
        return
    more = [f for f in fields if f not in needed and f in known]
    around = [*_around(together[0].envelope)]
    for chosen in chain.from_iterable(combinations(more, n) for n in range(len(more) + 1)):
        named = [*needed, *chosen]
        for values in product(*(known[field] for field in named)):
            for common in around:
                yield {**dict(zip(named, values, strict=True)), **common}


def _said(together: Iterable[Entry]) -> Mapping[str, list[Any]]:
    """Return by name every value that stands in a field of that name."""
    known: dict[str, list[Any]] = {}
    for entry in together:
        for field, value in entry.envelope.data.items():
            values = known.setdefault(field, [])
            if value is not None and value not in values:
                values.append(value)
    return {field: values for field, values in known.items() if values}


def _around(envelope: Envelope) -> Iterator[Body]:
    """Yield what every command may have besides, as far as the envelope tells."""
    asked: Body = {"asked_by": envelope.asked_by} if envelope.asked_by else {}
    if envelope.why:
        asked["why"] = envelope.why.model_dump(mode="json", exclude_none=True)
    basis = envelope.basis.model_dump(mode="json", exclude_none=True)
    for when in _moments(envelope):
        for more in ({}, {"basis": basis}, {"happened": True}):
            yield {**asked, **when, **more}


def _moments(envelope: Envelope) -> Iterator[Body]:
    yield {}
    at = envelope.effective_at
    if at != envelope.recorded_at:
        for one in (at, at.astimezone(LONDON)):
            yield {"effective_at": one.isoformat().replace("+00:00", "Z")}
