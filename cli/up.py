"""`rj up`: everything on one machine, a first practitioner, and a demonstration if it is wished."""

from __future__ import annotations

import asyncio
import getpass
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.demo.enter import demonstration, enter, holds_other_cases
from cli.demo.handful import HANDFUL
from cli.demo.year.cast import LAST_SEED, MOST_CASES, SEED, seed_there, year
from cli.ending import nonsense
from cli.first import first_practitioner, is_empty, is_registered, register_first, seed_of
from cli.installed import settings_now
from cli.progress import progress
from client import Door
from client.admission import UNVERIFIED
from domain.commands.opening import SERVICE
from keys import KeyKind, Keyring
from store import open_log
from up import installation
from up.run import run
from up.words import say

if TYPE_CHECKING:
    from cli.demo.enter import Cast, Entered
    from settings import Settings
    from up.running import Running

Data = Annotated[
    Path | None,
    Parameter(
        name="--data",
        metavar="DIR",
        help="the folder of the databases; RJ_DATA, or ~/.local/share/rj, if left out",
        negative="",
    ),
]
Demo = Annotated[
    bool,
    Parameter(
        name="--demo",
        help="fill it with invented cases, one for each path; not where there are other cases",
        negative="",
        show_default=False,
    ),
]
Cases = Annotated[
    int | None,
    Parameter(
        name="--cases",
        metavar="NUMBER",
        help="with --demo: besides those, a year of so many invented cases, in the proportions of "
        f"the practice; some 350 have every hard case twice, {MOST_CASES} at most",
        negative="",
    ),
]
Seed = Annotated[
    int | None,
    Parameter(
        name="--seed",
        metavar="NUMBER",
        help=f"with --cases: what the year is drawn from; the same is the same year; {SEED}, or "
        "that of the year that is there, if left out",
        negative="",
    ),
]


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a demonstration is wished."""

    demo: bool
    cases: int | None
    seed: int | None

    def check(self) -> None:
        """Raises `Ended` for what makes no sense."""
        if self.cases is not None and not self.demo:
            raise nonsense("--cases goes with --demo: a year of invented cases")
        if self.seed is not None and self.cases is None:
            raise nonsense("--seed goes with --cases: how many cases the year has")
        if self.cases is not None and not 1 <= self.cases <= MOST_CASES:
            raise nonsense(f"--cases: from 1 to {MOST_CASES}")
        if self.seed is not None and not 0 <= self.seed <= LAST_SEED:
            raise nonsense(f"--seed: from 0 to {LAST_SEED}")


def up(*, data: Data = None, demo: Demo = False, cases: Cases = None, seed: Seed = None) -> int:
    """Start everything on this machine and keep it running until Ctrl-C.

    A new folder gets keys of its own and a first practitioner: administrator and supervisor.
    """
    shown = Shown(demo, cases, seed)
    shown.check()
    settings = settings_now(data)
    if demo:
        _refuse_verified(settings)
        _refuse_what_is_there(settings, shown)
    return asyncio.run(run(settings, on_ready=partial(_on_ready, settings, shown)))


def _refuse_verified(settings: Settings) -> None:
    if not settings.allow_unverified:
        raise nonsense(
            "a demonstration has practitioners whom nobody vouches for, which "
            "RJ_ALLOW_UNVERIFIED=false refuses"
        )


def _refuse_what_is_there(settings: Settings, shown: Shown) -> None:
    """Before anything is started: other cases, or another year. Raises `Ended`."""
    if installation.read(settings.folder) is None:
        return
    log = settings.folder / "log.db"
    if not settings.log_url and not log.exists():
        return
    keyring = Keyring(settings.key_folder)
    seals = keyring.verifier(KeyKind.SEAL)
    opened = open_log(settings.database("log"), None, seals, create=False)
    try:
        if holds_other_cases(opened):
            raise nonsense(
                f"{settings.folder} holds other cases: a demonstration goes into an empty folder, "
                "such as one named with --data"
            )
        there = None if shown.seed is None else seed_there(opened)
        if there not in (None, shown.seed):
            raise nonsense(
                f"{settings.folder} holds the year of the seed {there}: leave --seed out to carry "
                "it on, or take another folder"
            )
    finally:
        opened.close()


async def _on_ready(settings: Settings, shown: Shown, running: Running) -> None:
    door = await Door.connect(settings.model_copy(update={"temporal_address": running.temporal}))
    try:
        seed = seed_of(settings)
        first = first_practitioner(seed)
        if not settings.allow_unverified:
            _point_to_setup(door)
        elif await register_first(door, seed, UNVERIFIED, _whoever_starts_it()):
            say("")
            say("The register was empty: you are its first administrator and supervisor, as")
            say(f"{first}. Nothing vouches for it but the name (entries say: unverified).")
        if shown.demo:
            entered = await _entered(door, HANDFUL, running, first, "Entering the demonstration")
            say("")
            say(
                f"The demonstration is there ({entered.commands} commands entered): all of it is "
                "invented."
            )
            _say_what_is_left(entered)
        if settings.allow_unverified and is_registered(door.readings.log, first):
            say("")
            say(f"Act as the first practitioner with --as {first}, or with")
            say(f"  export RJ_ACTOR='{first}'")
        if shown.cases is not None:
            await _show_a_year(door, shown.cases, shown.seed, running, first)
    finally:
        door.close()


async def _show_a_year(
    door: Door, cases: int, seed: int | None, running: Running, first: str
) -> None:
    log = door.readings.log
    named = next(one for one in (seed, seed_there(log), SEED) if one is not None)
    say("")
    say(f"A year of {cases} invented cases follows, drawn from the seed {named}. It takes some")
    say("minutes; look at what is there meanwhile. Broken off, the same command carries it on.")
    entered = await _entered(door, year(named, cases), running, first, "Entering the year")
    say(f"The year is there ({entered.commands} commands entered).")
    _say_what_is_left(entered)


def _say_what_is_left(entered: Entered) -> None:
    if entered.left:
        say("The rest of these cases was not accepted; they stay as somebody has left them:")
        say(f"  {', '.join(sorted(entered.left))}")


async def _entered(door: Door, cast: Cast, running: Running, first: str, title: str) -> Entered:
    with progress(title) as moved:
        shown = demonstration(door.readings.log, cast, running.installation, first)
        return await enter(door, shown, moved)


def _point_to_setup(door: Door) -> None:
    if is_empty(door.readings.log):
        say("")
        say("Nobody is in the register yet: `rj setup` enters the first administrator.")


def _whoever_starts_it() -> dict[str, Any]:
    """Return the entry of whoever starts it, so that somebody can begin."""
    entry = {
        "kind": "SERVICE_STAFF",
        "organisation": SERVICE,
        "roles": ("ADMINISTRATOR", "SUPERVISOR", "INTAKE"),
        "credentials": ("AWARENESS", "SUPERVISION"),
    }
    try:
        return {**entry, "details": {"name": getpass.getuser()}}
    except (OSError, KeyError):
        # A container's user may have no name.
        return entry
