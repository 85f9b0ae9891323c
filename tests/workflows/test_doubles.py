"""Two referrals, same offence: found by another spelling, proposed, merged or told apart; and who
hears what of it."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete

from client import Denied, Matching
from client.merging import finish
from client.proposing import MATCHER, Proposing, start
from domain.fold import fold
from domain.record import Actor
from domain.waits import Limits, waits
from domain.words import Operation, Strength
from store import Altered
from tests.looks import how_many, since
from tests.serving import Service, installation, new_id
from tests.waiting import until
from vault.details import OffenceDetails, PartyDetails
from vault.tables import MATCHED, TOKENS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from temporalio.testing import WorkflowEnvironment

    from client import Found
    from domain.case import Case

BOTH = {"V1": "V1", "O1": "O1"}


@pytest.fixture(scope="module")
async def here(
    tmp_path_factory: pytest.TempPathFactory, temporal_server: WorkflowEnvironment
) -> AsyncIterator[Service]:
    """Yield an installation whose cases are these tests' alone."""
    async with installation(tmp_path_factory.mktemp("doubles"), temporal_server) as own:
        yield own


def people(victim: str, offender: str | None, born: str | None = "1984-05-23") -> list[Any]:
    details = {"name": victim} | ({"born": born} if born else {})
    told: dict[str, Any] = {"party": "O1", "role": "OFFENDER", "stage": "CUSTODY"}
    told |= {"details": {"name": offender}} if offender else {"identified": False}
    return [{"party": "V1", "role": "DIRECT_VICTIM", "details": details}, told]


async def refer(
    service: Service, who: str, victim: str, offender: str | None = None, **offence: str
) -> str:
    """Refer a matter; return its case."""
    given: dict[str, Any] = {"offence": dict(offence)} if offence else {}
    answer = await service.do(
        who,
        "refer",
        more={"command_id": new_id()},
        source="PCSO" if who == "worker" else "VICTIM_SELF",
        initiator="SERVICE_INITIATED" if who == "worker" else "VICTIM_INITIATED",
        parties=people(victim, offender),
        **given,
    )
    return answer.stream


async def looked(service: Service) -> None:
    """Have everything that is new compared, as a worker does in the background."""
    while await Proposing(service.door).once():
        pass


def case_of(service: Service, reference: str) -> Case:
    return fold(service.log(reference))


def proposed(service: Service, reference: str) -> list[tuple[str, Strength]]:
    events = (e.event for e in service.log(reference) if e.name == "duplicate_proposed")
    return [(e.case, e.strength) for e in events]  # type: ignore[attr-defined]


def somebody(service: Service, who: str) -> Actor:
    return Actor(id=service.someone(who), identified="unverified")


def matches(service: Service, who: str, case: str) -> tuple[Found, ...]:
    return Matching(service.door.readings).matches(somebody(service, who), case, "TEST")


def find(service: Service, who: str, **sought: Any) -> tuple[Found, ...]:
    offence = {k: sought.pop(k) for k in ("police_reference",) if k in sought}
    person = PartyDetails.entered(sought)
    reading = Matching(service.door.readings)
    return reading.find(somebody(service, who), person, OffenceDetails.entered(offence), "TEST")


async def test_police_refers_on_monday_and_she_herself_on_wednesday_with_another_spelling(
    here: Service,
) -> None:
    police = await refer(here, "worker", "Katharine Quillfeather", "Otto Marblethwaite")
    monday = case_of(here, police).referred_at
    herself = await refer(here, "intake", "Quilfeather Katherine")
    await looked(here)
    assert proposed(here, police) == []
    assert proposed(here, herself) == [(police, Strength.POSSIBLE)]
    ((task,),) = [[t for t in case_of(here, herself).tasks.values() if t.kind == "DUPLICATE"]]
    due = {w.subject for w in waits(case_of(here, herself), Limits()) if w.name == "task"}
    assert task.id in due

    await here.do("supervisor", "merge_into", more={"stream": herself}, into=police, people=BOTH)
    done = await finish(here.door, somebody(here, "supervisor"), herself)
    assert done
    assert done.finished
    assert case_of(here, police).referred_at == monday
    assert not case_of(here, herself).tasks
    before = len(here.log(herself))
    await here.do(
        "supervisor",
        "change_details",
        more={"stream": police},
        party="V1",
        details={"name": "Katherine Quillfeather", "born": "1984-05-23"},
    )
    await looked(here)
    assert len(here.log(herself)) == before


async def test_two_sisters_are_told_apart_and_never_proposed_again(here: Service) -> None:
    first = await refer(here, "worker", "Amabel Thistlewaite", "Otto Underbarrow")
    second = await refer(here, "intake", "Annabel Thistlewaite", "Otto Underbarrow")
    await looked(here)
    assert [other for other, _ in proposed(here, second)] == [first]
    assert len(matches(here, "supervisor", second)) == 1
    await here.do(
        "supervisor", "dismiss_duplicate", more={"stream": second}, case=first, reasons="Sisters."
    )
    for case in (first, second):
        await here.do(
            "worker" if case == first else "intake",
            "change_details",
            more={"stream": case},
            party="V1",
            details={"name": "Annabel Thistlewaite", "born": "1984-05-23"},
        )
    await looked(here)
    assert [len(proposed(here, case)) for case in (first, second)] == [0, 1]
    assert not case_of(here, second).tasks
    assert matches(here, "supervisor", second) == ()


async def test_the_same_crime_reference_is_proposed_whoever_was_named(here: Service) -> None:
    there = {"police_reference": "26*0055512/03", "date": "2026-03-01", "place": "Invented Row"}
    first = await refer(here, "worker", "Ursula Winterbottom", "Olaf Nancarrow", **there)
    other = {"police_reference": "26 0055512 03"}
    second = await refer(here, "worker", "Viola Entwistle", "Owen Tregenza", **other)
    await looked(here)
    assert proposed(here, second) == [(first, Strength.SAME_REFERENCE)]


async def test_details_that_are_told_later_are_compared_too(here: Service) -> None:
    first = await refer(here, "worker", "Selina Postlethwaite", "Odo Maddocks")
    second = await refer(here, "worker", "Somebody Not Known", "Odo Maddocks")
    await looked(here)
    assert proposed(here, second) == []
    details = {"name": "Celina Postlethwaite", "born": "1984-05-23"}
    await here.do("worker", "identify_party", more={"stream": second}, party="V1", details=details)
    await looked(here)
    assert proposed(here, second) == [(first, Strength.LIKELY)]


async def test_what_was_broken_off_is_done_again_and_proposes_once(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await refer(here, "worker", "Cressida Longbottom", "Ossian Merrick")
    second = await refer(here, "worker", "Cresida Longbottom", "Ossian Merrick")
    vault = here.door.readings.stores.vault

    class Killed(BaseException):
        pass

    def killed(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(vault.matching, "looked", killed)
        for _ in range(2):
            with pytest.raises(Killed):
                await looked(here)
    await asyncio.gather(*(looked(here) for _ in range(3)))
    assert proposed(here, second) == [(first, Strength.LIKELY)]


async def test_a_worker_compares_in_the_background_and_catches_up_first(here: Service) -> None:
    first = await refer(here, "worker", "Rosalind Braithwaite", "Orrin Vaughan")
    second = await refer(here, "worker", "Rosalynd Braithwaite", "Orrin Vaughan")
    vault = here.door.readings.stores.vault
    # As after an upgrade from a release that wrote no tokens.
    vault.matching._index._database.run(delete(TOKENS))
    vault.matching._index._database.run(delete(MATCHED))

    async def open_door() -> Any:
        return await type(here.door).connect(here.settings)

    stop = start(open_door, every=0.1)
    try:
        await until(lambda: bool(proposed(here, second)), seconds=30)
    finally:
        await asyncio.to_thread(stop)
    assert [other for other, _ in proposed(here, second)] == [first]


async def test_each_comparison_is_logged_as_a_combination(here: Service) -> None:
    case = await refer(here, "worker", "Peregrine Hargreaves")
    before = how_many(here.door)
    await looked(here)
    matches(here, "worker", case)
    find(here, "intake", name="Peregrine Hargreaves")
    read = since(here.door, before)
    assert {look.operation for look in read} == {Operation.COMBINATION}
    assert {look.actor.id for look in read} == {
        MATCHER.id,
        here.someone("worker"),
        here.someone("intake"),
    }
    assert (read[-1].view, read[-1].about) == ("LINK", (case,))
    together = [look for look in read if look.view == "LINK"]
    assert {look.actor for look in together} == {look.actor for look in read}
    assert "Hargreaves" not in str(read)


async def test_another_case_is_named_only_to_somebody_who_may_see_it(here: Service) -> None:
    theirs = await refer(here, "intake", "Tabitha Featherstonehaugh", "Osbert Cadwallader")
    mine = await refer(here, "worker", "Tabitha Featherstonehaugh", "Osbert Cadwallader")
    await here.do("supervisor", "allocate_case", more={"stream": theirs},
                  lead="@lead", supervisor="@supervisor")  # fmt: skip
    (seen,) = matches(here, "supervisor", mine)
    assert (seen.case, seen.strength) == (theirs, Strength.LIKELY)
    assert {(who.here, who.there) for who in seen.people} == {("V1", "V1"), ("O1", "O1")}
    (told,) = matches(here, "worker", mine)
    assert (told.case, told.strength, told.people) == (None, None, ())
    assert told.ask == case_of(here, theirs).supervisor
    with pytest.raises(Denied):
        matches(here, "worker", theirs)


async def test_a_proposal_names_the_other_case_only_to_somebody_who_may_see_it(
    here: Service,
) -> None:
    theirs = await refer(here, "intake", "Clementine Fairweather", "Ozias Thornbury")
    await here.do("supervisor", "accept_referral", more={"stream": theirs})
    mine = await refer(here, "worker", "Clementina Fairweather", "Ozias Thornbury")
    await looked(here)
    readings = here.door.readings
    for who, named in (("supervisor", True), ("worker", False)):
        actor = somebody(here, who)
        state = readings.case_as_it_is(actor, mine, "TEST")
        assert [t.kind for t in state.tasks.values()] == ["DUPLICATE"]
        told = str(state) + str(readings.history(actor, mine, "TEST"))
        assert (theirs in told) is named
        assert fold(readings.history(actor, mine, "TEST")).tasks.keys() == state.tasks.keys()
    assert case_of(here, mine).is_proposed(theirs)


async def test_a_caller_is_found_by_name_or_reference_and_nobody_else_is(here: Service) -> None:
    where = {"police_reference": "26*0077001/04"}
    case = await refer(here, "worker", "Leopold Shuttleworth", "Oriel Ashdown", **where)
    (known,) = find(here, "worker", name="Shuttelworth Leopold", born="1984-05-23")
    assert (known.case, known.strength) == (case, Strength.LIKELY)
    assert [f.strength for f in find(here, "worker", police_reference="26 0077001 04")] == [
        Strength.SAME_REFERENCE
    ]
    (elsewhere,) = find(here, "lead", name="Leopold Shuttleworth")
    assert elsewhere.case is None
    assert find(here, "worker", name="Nobody Likethat", born="1990-01-01") == ()
    with pytest.raises(Denied):
        find(here, "auditor", name="Leopold Shuttleworth")


async def test_whoever_was_erased_is_found_by_nobody(here: Service) -> None:
    case = await refer(here, "worker", "Barnaby Goodfellow", "Oberon Littlewood")
    assert len(find(here, "worker", name="Barnaby Goodfellow")) == 1
    here.door.readings.stores.vault.erase_person(case, "V1")
    assert find(here, "worker", name="Barnaby Goodfellow") == ()


async def test_who_else_is_likely_is_said_to_the_service_by_case_and_person(here: Service) -> None:
    first = await refer(here, "worker", "Matilda Rowbotham", "Oswin Penhaligon")
    second = await refer(here, "worker", "Mathilda Rowbotham", "Quite Another")
    like = Matching(here.door.readings).appearances(MATCHER, second, "V1", "TEST")
    assert [(one.stream, one.owner, one.strength) for one in like] == [
        (first, "V1", Strength.LIKELY)
    ]


async def test_a_case_that_cannot_be_read_keeps_no_other_from_being_compared(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await refer(here, "worker", "Eleanor Ramsbottom", "Orlando Trevithick")
    second = await refer(here, "worker", "Eleanor Ramsbotham", "Orlando Trevithick")
    unreadable = await refer(here, "worker", "Nobody Elses-Likeness")
    door = here.door
    broken = replace(door.readings, log=_Altered(door.readings.log, unreadable))
    await looked(replace(here, door=replace(door, readings=broken)))
    assert [other for other, _ in proposed(here, second)] == [first]


async def test_what_is_under_way_is_broken_off_when_the_worker_stops(here: Service) -> None:
    waits = threading.Event()

    async def never() -> Any:
        waits.set()
        await asyncio.sleep(3600)

    stop = start(never, every=3600)
    await until(waits.is_set, seconds=10)
    await asyncio.wait_for(asyncio.to_thread(stop), timeout=5)


async def test_a_log_that_cannot_be_read_still_says_yes(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await refer(here, "worker", "Isadora Whitfield")
    reading = Matching(here.door.readings)
    broken = replace(here.door.readings, log=_Altered(here.door.readings.log, case))
    found = replace(reading, readings=broken).find(
        somebody(here, "supervisor"), PartyDetails(name="Isadora Whitfield"), OffenceDetails(), "T"
    )
    assert [(one.case, one.ask) for one in found] == [(None, None)]


class _Altered:
    """A log in which one case was altered."""

    def __init__(self, log: Any, case: str) -> None:
        self._log, self._case = log, case

    def load(self, stream: str) -> Any:
        if stream == self._case:
            raise Altered(stream, 1, "made up for this test")
        return self._log.load(stream)
