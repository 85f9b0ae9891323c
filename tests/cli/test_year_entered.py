"""The year of `rj up --demo --cases` as it is entered: killed on the way, and carried on."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from cli.demo.enter import Cast, Demonstration, Entered, demonstration, enter
from cli.demo.parts import PAIR
from cli.demo.people import REGISTERED
from cli.demo.steps import DemoCase
from cli.demo.year.besides import for_mediation
from cli.demo.year.cast import seed_there, year
from cli.demo.year.course import Course
from cli.demo.year.team import SUPERVISOR, TEAM, WORKERS
from cli.installed import door_to
from client.admission import UNVERIFIED
from domain.fold import fold
from domain.ids import CASE_PREFIX
from domain.waits import waits
from keys import KeyKind, KeyMissing, Keyring
from settings import Settings
from store import Unavailable, open_log
from tests.cli.conftest import start, started, stopped
from tests.cli.rehearsed import Rehearsed
from tests.story import LIMITS
from tests.terminal import Terminal, Typist
from tests.waiting import until_now
from up.running import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from client import Door
    from domain.case import Case
    from domain.record import Entry
    from store import Log

SEED, CASES = 70, 24
"""Of this seed a merged case, an erased one and an appointment are among the first."""
ASKED = ("--demo", "--cases", str(CASES))
ELSEWHERE = re.compile(r"(PR|RJ|T)-[0-9A-Z]{8,16}(-.)?|[0-9a-f]{64}")
"""What differs from one installation to the next: references, and digests of words."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Yield a terminal where a year was begun, killed, and carried on; its administrator acts."""
    folder = tmp_path_factory.mktemp("year")
    there = Terminal(folder / "data", folder / "keys")
    first = start(there, *ASKED, "--seed", str(SEED), log=folder / "killed.log")
    # Soon: they are entered several side by side, and all of them are opened before long.
    until_now(lambda: begun(there) > CASES // 8, seconds=120)
    first.kill()
    first.wait()
    assert CASES // 8 < of_the_year(there) < CASES
    # Whatever it said was written at once: else it would be lost by now.
    assert f"A year of {CASES} invented cases" in (folder / "killed.log").read_text()
    again = started(there, *ASKED, log=folder / "again.log")
    try:
        said = (folder / "again.log").read_text()
        assert f"drawn from the seed {SEED}" in said
        assert "was not accepted" not in said
        actor = re.search(r"RJ_ACTOR='(PR-[^']+)'", said)
        assert actor, said
        yield replace(there, actor=actor[1])
    finally:
        code = stopped(again)
    assert code == 0


def opened(there: Terminal) -> Log:
    settings = Settings(data=there.data, keys=there.keys)
    seals = Keyring(settings.key_folder).verifier(KeyKind.SEAL)
    return open_log(settings.database("log"), None, seals, create=False)


def cases(log: Log) -> dict[str, Sequence[Entry]]:
    """Return the cases of the year by name."""
    streams = (log.load(one) for one in log.streams() if one.startswith(f"{CASE_PREFIX}-"))
    named = ((entries[0].envelope.command.split(":"), entries) for entries in streams)
    return {ids[3]: entries for ids, entries in named if ids[2] == f"year-{SEED}"}


def begun(there: Terminal) -> int:
    """Return how many cases of the year there are; none as long as there is no log to be read."""
    try:
        return of_the_year(there)
    except (KeyMissing, Unavailable):
        return 0


def of_the_year(there: Terminal) -> int:
    log = opened(there)
    try:
        return len(cases(log))
    finally:
        log.close()


@pytest.fixture(scope="module")
def log(place: Terminal) -> Iterator[Log]:
    found = opened(place)
    yield found
    found.close()


@pytest.fixture(scope="module")
def typist(place: Terminal) -> Iterator[Typist]:
    somebody = Typist(place)
    yield somebody
    somebody.end()


def coded(entries: Sequence[Entry]) -> list[Any]:
    """Return what was recorded of the year itself, by codes, dates and who said so."""
    return [
        (one.name, one.effective_at, one.envelope.asked_by, same(one.envelope.data))
        for one in entries
        if one.envelope.origin == "demo"
    ]


def same(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: same(one) for name, one in data.items()}
    if isinstance(data, list):
        return [same(one) for one in data]
    return ELSEWHERE.sub("…", data) if isinstance(data, str) else data


def test_killed_and_carried_on_it_is_the_year_of_its_seed_and_no_case_is_there_twice(
    log: Log,
) -> None:
    there = cases(log)
    assert seed_there(log) == SEED
    team = [log.load(one)[0] for one in log.streams() if one.startswith("PR-")]
    begins = min(e.effective_at for e in team if f":year-{SEED}:" in e.envelope.command)
    planned = Rehearsed(year(SEED, CASES), begins + timedelta(days=REGISTERED))
    assert {n: coded(e) for n, e in there.items()} == {
        n: coded(e) for n, e in planned.cases.items()
    }


def test_all_of_it_says_that_it_is_a_demonstration_and_was_recorded_now(log: Log) -> None:
    entries = [e for several in cases(log).values() for e in several]
    assert {e.envelope.origin for e in entries} <= {"demo", "clock", "matcher", "follow_up"}
    assert min(e.recorded_at for e in entries) > max(
        e.effective_at for e in entries if e.envelope.origin == "demo"
    ) - timedelta(minutes=1)


def test_the_merged_case_goes_on_in_the_other_and_of_the_erased_person_nothing_is_left(
    log: Log, typist: Typist
) -> None:
    (again,) = (name for name in cases(log) if name.endswith("-again"))
    first = again.removesuffix("-again")

    def states() -> dict[str, Case]:
        return {name: fold(entries) for name, entries in cases(log).items()}

    # The worker has what follows in the other case recorded, and carries out the erasure.
    until_now(lambda: not any(one.follow_up for one in states().values()), seconds=60)
    until_now(lambda: not any(one.data.being_erased for one in states().values()), seconds=60)
    found = states()
    merged = found[again].merged
    assert merged is not None
    assert merged.into == found[first].id
    assert [*found[first].received] == [found[again].id]
    (gone,) = (case for case in found.values() if case.data.of("V1").gone)
    shown = typist.rj("show", gone.id, "--words")
    assert shown.code == 0, shown.err
    named = {line.split()[0] for line in shown.out.splitlines() if "(invented)" in line.lower()}
    assert "O1" in named
    assert "V1" not in named


def test_what_is_booked_lies_ahead_and_stands_in_the_diary(log: Log, typist: Typist) -> None:
    booked = {
        (entries[0].stream, one.id): one
        for entries in cases(log).values()
        for one in fold(entries).appointments.values()
    }
    assert booked
    until = (max(one.starts for one in booked.values())).date().isoformat()
    listed = typist.rj("diary", "--team", "--to", until, "--json").json["diary"]
    rows = {(one["case"], one["appointment"]): one for one in listed if one["demo"]}
    assert booked.keys() <= rows.keys()
    assert all(len(rows[name]["staff"]) == 2 and rows[name]["room"] for name in booked)


def test_what_the_queues_say_agrees_with_a_recount_from_the_log(log: Log, typist: Typist) -> None:
    replayed = typist.rj("audit", "replay", "--all", "--json")
    assert (replayed.code, replayed.json["differences"]) == (0, 0), replayed.err
    said = typist.rj("waiting", "--json").json["waiting"]
    listed = Counter((one["case"], one["name"], one["subject"]) for one in said)
    ahead = {one for one in listed if one[1] == "retention_review"}
    counted = Counter(
        (entries[0].stream, wait.name, wait.subject)
        for entries in (log.load(one) for one in log.streams() if one.startswith("RJ-"))
        for wait in waits(fold(entries), LIMITS)
        if wait.name != "retention_review"
    )
    assert counted
    assert (
        Counter({k: n for k, n in listed.items() if k[0].startswith("RJ-")})
        - Counter(dict.fromkeys(ahead, 1))
        == counted
    )


def two_cases(steps: int | None) -> Cast:
    """Return a demonstration of two cases, as far as so many of their steps."""
    dealt = [Course(number, Random(number)) for number in range(2)]  # noqa: S311 - nothing secret
    for course in dealt:
        for_mediation(course)
    people = {name: TEAM[name] for name in (SUPERVISOR, *WORKERS)}
    named = [DemoCase(f"two-{one.number}", 60, tuple(one.steps[:steps])) for one in dealt]
    return Cast("two:", people, lambda _: (), tuple(named))


def test_a_case_in_which_somebody_acted_meanwhile_is_left_to_them_and_the_others_go_on(
    place: Terminal,
) -> None:
    settings = Settings(data=place.data, keys=place.keys)
    running = find(settings)
    assert running is not None
    told = dict.fromkeys(("V1", "O1"), "TOLD_NOT_GOING_AHEAD")
    ends_it = {"thread": PAIR, "reason": "NOT_RESTORATIVE_JUSTICE", "told": told}

    def dated(door: Door, steps: int | None) -> Demonstration:
        return demonstration(door.readings.log, two_cases(steps), running.installation, place.actor)

    async def played() -> tuple[str, list[Entered]]:
        async with door_to(settings) as door:
            begun = await enter(door, dated(door, 2), lambda *_: None)
            case = next(dated(door, 2).cases())[0].stream
            await door.do(place.actor, UNVERIFIED, "end_thread", ends_it, stream=case)
            whole = dated(door, None)
            return case, [begun, *[await enter(door, whole, lambda *_: None) for _ in range(2)]]

    case, found = asyncio.run(played())
    assert [one.left for one in found] == [[], [case], [case]]
    # Three are registered and four steps done; all is entered late but that it ended, once more.
    assert [one.commands for one in found] == [7, 5, 0]


def test_another_seed_is_refused_and_so_is_a_year_without_its_demonstration(
    place: Terminal,
) -> None:
    up = ("up", "--data", str(place.data))
    for options, says in (
        (("--demo", "--cases", "3", "--seed", "6"), f"the year of the seed {SEED}"),
        (("--cases", "3"), "--cases goes with --demo"),
        (("--demo", "--seed", "3"), "--seed goes with --cases"),
        (("--demo", "--cases", "0"), "--cases: from 1"),
        (("--demo", "--cases", "3", "--seed", "-1"), "--seed: from 0"),
    ):
        refused = place.rj(*up, *options)
        assert (refused.code, says in refused.err) == (2, True), (options, refused.err)
        assert refused.out == ""
