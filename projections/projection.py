"""What a read model is: a table, and how a stream becomes rows of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import domain.events.every  # noqa: F401 - so that whatever was recorded can be read
from domain.fold import fold, fold_dossier, fold_person, fold_practitioner
from domain.waits import waits

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa

    from domain.case import Case
    from domain.command import StreamKind
    from domain.dossier import Dossier
    from domain.person import Person
    from domain.practitioner import Practitioner
    from domain.record import Entry
    from domain.waits import Limits, Wait

Row = Mapping[str, Any]
"""Values by column. Ids and codes only: names and words stay in the vault."""
DEMO = "demo"
"""The origin of what was made up to show the service."""
_CODED = re.compile(r"[A-Za-z0-9_:.+/*~$=-]{0,60}")


class NotCoded(Exception):
    """A row would hold something that is no id, code, number or moment."""


class Stream:
    """One stream as it stands: its entries, and what they mean, reckoned once when first asked.

    With `afresh` a case is folded from its first entry on, whatever is remembered of it.
    """

    def __init__(self, entries: Sequence[Entry], limits: Limits, *, afresh: bool = False) -> None:
        self.entries = entries
        self.limits = limits
        self._afresh = afresh

    @property
    def id(self) -> str:
        """Its reference."""
        return self.entries[0].stream

    @property
    def is_demo(self) -> bool:
        """Whether it was made up to show the service."""
        return self.entries[0].recorded.origin == DEMO

    @cached_property
    def case(self) -> Case:
        """The case as it stands, if this is one."""
        return fold(self.entries, afresh=self._afresh)

    @cached_property
    def waits(self) -> tuple[Wait, ...]:
        """What the case waits for, by the service's limits."""
        return waits(self.case, self.limits)

    @cached_property
    def practitioner(self) -> Practitioner:
        """The practitioner as they stand, if this is one."""
        return fold_practitioner(self.entries)

    @cached_property
    def person(self) -> Person:
        """The person as their stream knows them, if this is one."""
        return fold_person(self.entries)

    @cached_property
    def dossier(self) -> Dossier:
        """The entry of the data-protection register as it stands, if this is one."""
        return fold_dossier(self.entries)


@dataclass(frozen=True, slots=True)
class Projection:
    """One read model. Its table has a column `stream`; a stream's rows are replaced together."""

    table: sa.Table
    kind: StreamKind
    rows: Callable[[Stream], Iterable[Row]]

    @property
    def name(self) -> str:
        """What it is called in alarms: the name of its table."""
        return self.table.name

    def rows_of(self, stream: Stream) -> list[Row]:
        """Return the stream's rows. Raises `NotCoded`, and whatever folding it raises."""
        rows = list(self.rows(stream))
        columns = _columns(self.table)
        for row in rows:
            for name, nullable in columns:
                if not (_is_coded(row[name]) or (nullable and not row[name])):
                    raise NotCoded(f"{self.name}.{name}")
        return rows


@cache
def _columns(table: sa.Table) -> tuple[tuple[str, bool | None], ...]:
    """Return the names of its columns, each with whether it may stay empty."""
    return tuple((column.name, column.nullable) for column in table.columns)


@lru_cache(maxsize=4096)
def _is_code(value: str) -> bool:
    # Most rows say what others have said.
    return _CODED.fullmatch(value) is not None


def _is_coded(value: object) -> bool:
    """Say whether words could not have come along: a name has a space or an accent, a code none."""
    if isinstance(value, str):
        return _is_code(value)
    if isinstance(value, (bool, int, float, datetime)):
        return True
    if isinstance(value, (list, tuple)):
        return all(_is_coded(part) for part in value)
    if isinstance(value, Mapping):
        return all(_is_coded(part) for pair in value.items() for part in pair)
    return False
