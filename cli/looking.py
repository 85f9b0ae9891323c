"""What the verbs that look have in common: who looks, at what, and what is plainly invented."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cli.another_officer import another_does_it, another_takes_it_out
from cli.asking import can_ask, choice
from cli.ending import Code, Ended, Failure, nonsense
from cli.installed import reading_of, require_data, settings_now
from cli.output import note
from cli.typed import as_typed
from cli.who import acting
from cli.wording import words_of
from client import Denied, Why
from client.failures import DeniedThere
from domain.words import EMERGENCIES, LookReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
def looking(named: str | None, reason: str | None = None, *, glass: bool = False) -> Iterator[Look]:
    """Open the record for the practitioner named with --as. Raises `Ended`.

    `reason` is why they look, as it was typed; it is asked for on a terminal if policy wants one.
    """
    settings = settings_now()
    actor = acting(named, settings)
    why = Why(_reason(reason), ask=cache(_asked), glass=glass)
    if glass and why.reason not in EMERGENCIES:
        raise nonsense(f"--break-glass: it takes --reason {' or '.join(_codes(EMERGENCIES))}")
    require_data(settings)
    with reading_of(settings) as reading:
        yield Look(actor, settings, reading.because(why))


def _reason(typed: str | None) -> LookReason | None:
    if typed is None:
        return None
    code = typed.upper().replace("-", "_")
    if code not in set(LookReason):
        raise nonsense(f"--reason: one of {', '.join(_codes(LookReason))}")
    return LookReason(code)


def _asked() -> LookReason | None:
    """Ask at a terminal why a sensitive case is opened; None where nobody can be asked."""
    if not can_ask():
        return None
    note("This is sensitive: why do you open it? The answer is recorded with who and when.")
    reasons = [*LookReason]
    chosen = choice([words_of(reason) for reason in reasons])
    return None if chosen is None else reasons[chosen]


def _codes(reasons: Iterable[LookReason]) -> list[str]:
    return sorted(as_typed(reason) for reason in reasons)


@contextmanager
def of_what_may_not_be(what: str) -> Iterator[None]:
    """Say the same of what is not there and of what the reader may not see."""
    try:
        yield
    except DeniedThere as denied:
        raise Ended(Failure(Code.REFUSED, "denied", (another_does_it(denied),))) from None
    except Denied:
        sentence = f"there is no {what}, or none that you may see"
        raise Ended(Failure(Code.REFUSED, "denied", (sentence,))) from None


@contextmanager
def of_every_case() -> Iterator[None]:
    """Say who may take every case out, to whoever may not for a conflict of interest."""
    try:
        yield
    except DeniedThere as denied:
        raise Ended(Failure(Code.REFUSED, "denied", (another_takes_it_out(denied),))) from None
