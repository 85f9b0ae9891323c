"""The lists as they stand, and how far behind the log they are."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.looking import looking
from cli.output import note
from client import Denied
from client.reading import What
from projections import alarms, behind, catch_up, open_views
from vault import Unavailable as ViewsUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.looking import Look
    from domain.permissions import View
    from domain.practitioner import Practitioner
    from projections import Views


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists, who reads them, and how many events of the log they have not seen."""

    look: Look
    views: Views
    reader: Practitioner
    behind: int
    hidden: int
    """Streams that cannot be shown until somebody has looked into them."""

    def as_json(self) -> dict[str, int]:
        """Return for a program how much is not shown."""
        return {"behind": self.behind, "hidden": self.hidden}

    def note(self) -> None:
        """Tell a person if what they see is not all that there is."""
        if self.behind:
            note(f"rj: this list is up to {self.behind} events behind the log")
        if self.hidden:
            note(f"rj: {self.hidden} streams cannot be shown; `rj doctor` says more")


@contextmanager
def lists(named: str | None, view: View, purpose: str) -> Iterator[Lists]:
    """Open the lists for the practitioner named with --as, brought up to date if they can be.

    Raises `Denied` for whoever may not see any.
    """
    with looking(named) as look:
        log = look.reading.log
        views = open_views(
            look.settings.database("views"), look.settings.limits, look.settings.competence
        )
        try:
            with look.reading.reading(look.actor, What(view), purpose):
                reader = look.reading.gate.who(look.actor.id)
                if reader is None:
                    raise Denied
                try:
                    catch_up(log, views)
                except ViewsUnavailable as error:
                    note(f"rj: {error}; the list is as it was")
                yield Lists(look, views, reader, behind(log, views), len(alarms(views)))
        finally:
            views.close()
