"""The lists as they stand, and how far behind the log they are."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from access import codes
from cli.looking import looking
from cli.output import note
from client.reading import What
from projections import Staff, alarms, behind, catch_up, open_views
from vault import Unavailable as ViewsUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cli.looking import Look
    from domain.permissions import View
    from domain.practitioner import Practitioner
    from projections import Views

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists, who reads them, and how many events of the log they have not seen."""

    look: Look
    what: What
    purpose: str
    views: Views
    reader: Practitioner
    behind: int
    hidden: int
    """Streams that cannot be shown until somebody has looked into them."""

    def listed(
        self, find: Callable[[], T], shown: Callable[[T], Iterable[str]], **asked: object
    ) -> T:
        """Return what `find` finds, once it is written down that it was shown to the reader.

        `shown` names the cases, people and practitioners in it, `asked` the filter.
        """
        what = replace(self.what, asked=codes(asked))
        reading = self.look.reading
        return reading.listing(self.look.actor, what, self.purpose, lambda _: find(), shown)

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
            what = What(view)
            reader = look.reading.reader(look.actor, what, purpose)
            try:
                catch_up(log, views)
            except ViewsUnavailable as error:
                note(f"rj: {error}; the list is as it was")
            reader = Staff(views, datetime.now(UTC)).standing_in(reader)
            late, hidden = behind(log, views), len(alarms(views))
            yield Lists(look, what, purpose, views, reader, late, hidden)
        finally:
            views.close()
