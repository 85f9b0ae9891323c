"""Whose task something is at a moment: theirs, or whoever's who covers for them, or a supervisor's.

Asked of a moment each time; nothing has to run when an absence begins or ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.command import StreamKind
from domain.covering import standing_in, stands_in
from projections import sight
from projections.practitioners import everybody

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.practitioner import Practitioner
    from projections.views import Views


ASKED = "specialists_answer"
"""The wait of a case for a specialist."""


class Staff:
    """Everybody in the register, as they stand in for each other at a moment."""

    def __init__(self, views: Views, at: datetime) -> None:
        self._at = at
        self._known = {who.id: who for who, _ in everybody(views)}

    def standing_in(self, who: Practitioner) -> Practitioner:
        """Return somebody with everybody whom they cover for."""
        return standing_in(who, self._known.values(), self._at)

    def named(self, reference: str) -> Practitioner | None:
        """Return the practitioner of this reference, with whom they cover for; None if there is
        none."""
        who = self._known.get(reference)
        return who and self.standing_in(who)

    def placed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row of work with whose it is: `whom`, and `in_place_of` where they cover.

        It is nobody's, and so a supervisor's, if whoever it is left, or has a conflict of interest,
        or is away and nobody covers who may work on that case. What a specialist is asked they are
        asked themselves: it goes to nobody who covers for them.
        """
        whom = row["whom"]
        if whom is None:
            return {**row, "in_place_of": None}
        who = self._known.get(whom)
        if whom in row["conflicted"] or (who is not None and not who.active):
            return {**row, "whom": None, "in_place_of": None}
        if who is None or not _is_handed_on(row) or (absence := who.away(self._at)) is None:
            return {**row, "in_place_of": None}
        cover = None if row["name"] == ASKED else self._known.get(absence.cover or "")
        if cover is None or not self._stands_in(cover, who, row):
            return {**row, "whom": None, "in_place_of": None}
        return {**row, "whom": cover.id, "in_place_of": whom}

    def _stands_in(self, cover: Practitioner, who: Practitioner, row: Mapping[str, Any]) -> bool:
        return stands_in(cover, who, sight.light(row), self._at)


def seen_by(reader: Practitioner, row: Mapping[str, Any]) -> bool:
    """Say whether this reader may see the case that a row is about; what is somebody's own, such as
    what keeps them in date, is seen by nobody who covers for them."""
    own = reader if _is_handed_on(row) else reader.changed(covers=frozenset())
    return sight.seen_by(own, row) or _is_asked(reader, row)


def _is_asked(reader: Practitioner, row: Mapping[str, Any]) -> bool:
    """A question to a specialist is theirs to see: the case, its name and when it is due."""
    theirs = (row["name"], row["whom"]) == (ASKED, reader.id)
    return theirs and reader.active and reader.id not in row["conflicted"]


def _is_handed_on(row: Mapping[str, Any]) -> bool:
    return bool(row["stream"].startswith(StreamKind.CASE))
