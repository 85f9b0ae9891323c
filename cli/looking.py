"""What the verbs that look have in common: who looks, at what, and what is plainly invented."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.ending import Code, Ended, Failure
from cli.installed import reading_of, require_data, settings_now
from cli.who import acting
from client import Denied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client.reading import Reading
    from domain.record import Actor
    from settings import Settings

CASE_WORK, OVERVIEW, REGISTER = "case_work", "overview", "register"
"""What a reading at a terminal is for."""
DEMO_ORIGIN = "demo"
DEMO_LINE = "DEMONSTRATION: everything in this is plainly invented."
DEMO = "demo"
"""In a column of a list."""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody who looks, and the record that they look at."""

    actor: Actor
    settings: Settings
    reading: Reading


@contextmanager
def looking(named: str | None) -> Iterator[Look]:
    """Open the record for the practitioner named with --as. Raises `Ended`."""
    settings = settings_now()
    actor = acting(named, settings)
    require_data(settings)
    with reading_of(settings) as reading:
        yield Look(actor, settings, reading)


@contextmanager
def of_what_may_not_be(what: str) -> Iterator[None]:
    """Say the same of what is not there and of what the reader may not see."""
    try:
        yield
    except Denied:
        sentence = f"there is no {what}, or none that you may see"
        raise Ended(Failure(Code.REFUSED, "denied", (sentence,))) from None
