"""Reading the access log: by whom it may be, for what it may be used, and which part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from access import codes
from cli.ending import nonsense
from cli.moments import FORMS, NoMoment, moment
from client.looked_at import about_person
from client.reading import What
from domain.permissions import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from access import Look
    from access.chain import Linked
    from cli.looking import Look as Looker

Since = Annotated[
    str | None, Parameter(name="--since", metavar="WHEN", help=f"from then on: {FORMS}")
]
Until = Annotated[
    str | None, Parameter(name="--until", metavar="WHEN", help="up to then; a day to its end")
]
PURPOSES = ("lawfulness", "self-monitoring", "integrity", "criminal-proceedings")
"""What the log may be used for (DPA 2018 s.62(4)), and nothing else."""
Purpose = Annotated[
    str, Parameter(name="--for", metavar="PURPOSE", help=f"one of: {', '.join(PURPOSES)}")
]


def purpose(typed: str) -> str:
    """Return the purpose that was typed, as a code. Raises `Ended` for any other."""
    if typed.lower() not in PURPOSES:
        raise nonsense(f"--for: the access log may be used for {', '.join(PURPOSES)} only")
    return typed.lower().replace("-", "_")


def entries_for(
    look: Looker,
    purpose: str,
    since: str | None,
    until: str | None,
    asked: Mapping[str, str | None],
) -> list[Linked]:
    """Return the entries that were asked for, oldest first, once it is written down that they were.

    What waits in the spool is merged before. Raises `Denied`, and what the log raises.
    """
    begin, end = moment_of("--since", since), moment_of("--until", until, end=True)

    def find() -> list[Linked]:
        person = asked.get("person")
        theirs = about_person(look.reading, look.actor, person) if person else frozenset()
        access = look.reading.stores.access
        access.merge()
        return [one for one in access.log.entries() if _is_meant(one, asked, begin, end, theirs)]

    what = What(View.ACCESS_LOG, asked=codes({**asked, "since": begin, "until": end}))
    return look.reading.listing(look.actor, what, purpose, lambda _: find(), cases_of)


def cases_of(entries: Iterable[Linked]) -> Iterable[str]:
    """Yield everything that these entries are about."""
    return (about for one in entries for about in one.link.look.about)


def moment_of(option: str, typed: str | None, *, end: bool = False) -> datetime | None:
    """Return the moment that was typed after this option. Raises `Ended`."""
    if typed is None:
        return None
    try:
        return moment(typed, end_of_day=end)
    except NoMoment as error:
        raise nonsense(f"{option}: {error}") from None


def _is_meant(
    one: Linked,
    asked: Mapping[str, str | None],
    begin: datetime | None,
    end: datetime | None,
    theirs: frozenset[str],
) -> bool:
    look = one.link.look
    if (begin and look.at < begin) or (end and look.at > end):
        return False
    case, actor = asked.get("case"), asked.get("actor")
    if case and not (case in look.about or look.of_every_case):
        return False
    if theirs and theirs.isdisjoint(_named(look)) and not look.of_every_case:
        return False
    return actor is None or actor in (look.actor.id, look.behalf)


def _named(look: Look) -> set[str]:
    """Return what it was at, what was asked for, and to answer which request it was passed on."""
    return {*look.about, *look.asked.values(), *look.recipients}
