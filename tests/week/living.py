"""Living a day of the diary: each line is typed at its time, each table compared with what is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.week.reading import Line, Table
from tests.week.standing import KINDS
from tests.week.typing_in import is_look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.week.office import Office

SERVICE = "service"
"""Who is said to act where the service stops and starts."""


@dataclass
class Living:
    """A week as it is lived, and what of it was not as the diary says."""

    office: Office
    wrong: list[str] = field(default_factory=list)

    async def live(self, day: Sequence[Line | Table]) -> None:
        """Live one day, and remember what of it was not as it says."""
        for one in day:
            await self.office.until(one.at)
            await (self._type(one) if isinstance(one, Line) else self._compare(one))

    async def _type(self, line: Line) -> None:
        if line.who == SERVICE:
            await (self.office.stop() if line.typed == "stops" else self.office.start())
            return
        became = await self.office.type(line)
        outcome, code = line.outcome
        as_said = became.outcome == outcome and (not code or code in became.codes)
        if not as_said:
            self.wrong.append(
                f"{line.at:%a %H:%M} {line.who} {line.typed}: {became.outcome} "
                f"{sorted(became.codes)} {became.err.strip()}"
            )
        if self.office.open and not is_look(line):
            await self.office.beside()

    async def _compare(self, table: Table) -> None:
        found = await KINDS[table.what](self.office, table.asked)
        for row in sorted(set(table.rows) - set(found)):
            self.wrong.append(f"{table.at:%a} {table.what} {table.asked}: not so: {'  '.join(row)}")
        for row in sorted(set(found) - set(table.rows)):
            self.wrong.append(f"{table.at:%a} {table.what} {table.asked}: also: {'  '.join(row)}")
        if len(set(found)) != len(found):
            self.wrong.append(f"{table.at:%a} {table.what} {table.asked}: something is there twice")
