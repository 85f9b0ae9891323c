"""The year of `rj up --demo --cases`: by the same rules, in the proportions of the practice, the
same for the same seed. Played over the domain alone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from cli.demo.steps import dated
from cli.demo.year import besides, choosing, passing, people
from cli.demo.year.cast import year
from cli.demo.year.deck import DECK, SIZE, YEAR, cases_of
from cli.demo.year.matters import OFFENCES, SOURCES
from domain.events.choice import ConsentRecorded
from domain.events.interventions import InterventionCompleted
from domain.events.opening import ReferralReceived
from domain.fold import fold
from domain.interventions import CATALOGUE
from domain.waits import Wait, waits
from domain.words import Choice, EndReason, Responsibility
from reports import DEFINITIONS
from reports.families.exchanges import DIRECT, INDIRECT
from reports.families.referrals import PAIRS
from reports.told import Sources, Told, of_entries
from tests.cli.rehearsed import Rehearsed
from tests.story import LIMITS
from vault.details import PartyDetails
from vault.matching.matter import Known, compare

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 1
WHOLE = 2 * SIZE
"""Cases: two decks, which is what is measured against the figures of the practice."""
DENIED = (
    Responsibility.DENIES,
    Responsibility.DISPUTES_MATERIAL_FACTS,
    Responsibility.ACCEPTS_BASIC_FACTS_PARTIAL,
)
NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
NEW_YEAR = datetime(2028, 1, 1, 0, 10, tzinfo=UTC)
LATE_AND_LONG = timedelta(days=548)


@pytest.fixture(scope="module")
def played() -> Rehearsed:
    """Return the year, played by the rules: each of its commands was accepted."""
    return Rehearsed(year(SEED, WHOLE), NOW)


@pytest.fixture(scope="module")
def told(played: Rehearsed) -> list[Told]:
    """Return its cases as the numbers read them."""
    sources = Sources(played.anchor)
    return [t for one in played.cases.values() if (t := of_entries(one, sources)) is not None]


@pytest.fixture(scope="module")
def waiting(played: Rehearsed) -> dict[str, tuple[Wait, ...]]:
    """Return what each case waits for at its end."""
    return {name: waits(fold(entries), LIMITS) for name, entries in played.cases.items()}


def share(told: list[Told], number: str) -> float:
    """Return a rate as it is defined, in percent."""
    counted = DEFINITIONS[number]
    assert counted.met is not None
    out_of = [one for case in told for one in counted.counted.members(case)]
    met = [one for case in told for one in counted.met.members(case)]
    return 100 * len(met) / len(out_of)


def test_every_command_of_the_year_is_accepted_by_the_rules_whatever_the_seed_and_day() -> None:
    # What is not accepted raises, with the rules that speak against it.
    assert len(Rehearsed(year(2, SIZE), NEW_YEAR).cases) > SIZE - 5


@pytest.mark.parametrize(
    ("number", "least", "most"),
    [
        ("contact@1", 60, 85),
        ("reached-direct@1", 4, 10),
        ("reached-indirect@1", 12, 25),
        ("satisfaction@1", 80, 95),
    ],
)
def test_the_year_lies_within_what_services_publish(
    told: list[Told], number: str, least: float, most: float
) -> None:
    assert least <= share(told, number) <= most


def test_between_a_fifth_and_a_third_of_the_victims_referred_choose_to_take_part(
    told: list[Told],
) -> None:
    # As published: out of all who were referred, and not only of those who had an offer.
    pairs = [(case, one.who) for case in told for one in PAIRS.members(case)]
    chose = sum(
        any(
            (event.thread, event.party) == (pair, case.case.thread(pair).victim)
            for _, event in case.happened(ConsentRecorded)
        )
        for case, pair in pairs
    )
    assert 20 <= 100 * chose / len(pairs) <= 35


def test_for_each_meeting_there_are_two_to_four_exchanges_without_one(told: list[Told]) -> None:
    direct, indirect = share(told, "reached-direct@1"), share(told, "reached-indirect@1")
    assert 2 <= indirect / direct <= 4


def elapsed(told: list[Told]) -> Iterator[timedelta]:
    for case in told:
        for at, event in case.happened(InterventionCompleted):
            held = case.case.intervention(event.intervention)
            if held.type in DIRECT | INDIRECT:
                for pair, number in held.episodes.items():
                    # From when this pass of the pair began: who comes back begins anew.
                    yield at - case.case.thread(pair).episodes[number - 1].opened_at


def test_it_takes_months_until_something_is_held_and_for_some_more_than_a_year_and_a_half(
    told: list[Told],
) -> None:
    took = [*elapsed(told)]
    assert timedelta(days=60) <= median(took) <= timedelta(days=240)
    assert 0 < sum(one > LATE_AND_LONG for one in took) < len(took) / 10


def test_there_are_withdrawals_harm_complaints_and_agreements_not_kept(told: list[Told]) -> None:
    for number in ("withdrawals@1", "adverse-events@1", "complaints@1", "local-resolutions@1"):
        assert [one for case in told for one in DEFINITIONS[number].counted.members(case)]
    assert 60 <= share(told, "agreements@1") < 100
    assert 85 <= share(told, "information@2") < 100


def test_the_sources_come_as_often_as_the_practice_has_them(told: list[Told]) -> None:
    came = Counter(e.source.value for case in told for _, e in case.happened(ReferralReceived))
    assert {name for _, name, *_ in SOURCES} <= came.keys()
    police = sum(came[name] for name in ("POLICE_OFFICER", "PCSO", "COMMUNITY_WARDEN"))
    assert 0.25 <= police / came.total() <= 0.5
    assert came["VICTIM_SELF"] > came["OFFENDER_SELF"] > 0


def test_offences_answers_and_responsibility_are_as_mixed_as_in_practice(told: list[Told]) -> None:
    offences = Counter(
        what
        for case in cases_of(SEED, WHOLE)
        for step in case.steps
        for _, what in OFFENCES
        if str(step.given.get("offence", "")).startswith(what)
    )
    assert set(offences) == {what for _, what in OFFENCES}
    assert all(abs(100 * offences[what] / offences.total() - n) < 6 for n, what in OFFENCES)
    sides = [pair.episodes[-1] for case in told for pair in case.case.threads.values()]
    answers = Counter(episode.victim.choice for episode in sides)
    assert {*answers} >= {*Choice} - {Choice.PAUSED, Choice.DEFERRED}, {*Choice} - {*answers}
    assert answers[Choice.DECLINED_THIS_OFFER] > answers[Choice.DECLINED_NO_FURTHER_CONTACT]
    found = Counter(episode.responsibility for episode in sides)
    accepted = found[Responsibility.ACCEPTS_RESPONSIBILITY]
    denied = sum(found[one] for one in DENIED)
    assert accepted > denied > 0


def test_every_path_and_every_hard_case_is_in_each_deck(told: list[Told]) -> None:
    kinds = {
        value
        for module in (passing, choosing, people, besides)
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_") and value.__module__ == module.__name__
    }
    assert {card.kind for card in DECK} == kinds
    held = {i.type for case in told for i in case.case.interventions.values() if i.over}
    assert held >= {kind for kind, row in CATALOGUE.items() if row.everywhere}
    ends = {
        e.ended.reason
        for case in told
        for t in case.case.threads.values()
        for e in t.episodes
        if e.ended
    }
    assert {EndReason.DUPLICATE_MERGED, EndReason.PARTY_DIED} <= ends
    assert sum(bool(case.case.data.being_erased) for case in told) == 2
    # Not by a course of the year: erased, transferred, entered in error …
    assert len(ends) >= len(EndReason) - 7, set(EndReason) - ends


def test_nothing_lies_in_the_future_and_all_but_a_few_cases_in_the_year(played: Rehearsed) -> None:
    assert max(e.effective_at for e in played.entries) <= played.anchor
    begins = played.anchor - timedelta(days=YEAR + 4)
    before = {e.stream for e in played.entries if e.effective_at < begins}
    # What the year found under way, or came back in it: named in the deck as such.
    assert len(before) == sum(2 * card.count for card in DECK if card.began[1] > YEAR)
    assert 0 < len(before) < len(played.cases) / 25
    assert all(played.cases[name][-1].effective_at > begins for name in played.cases)


def test_most_clocks_are_kept_some_are_missed_and_there_is_work_for_the_week(
    played: Rehearsed, waiting: dict[str, tuple[Wait, ...]]
) -> None:
    now = played.anchor
    due = [(w.due, name) for name, found in waiting.items() for w in found if w.due]
    late = {name for at, name in due if at < now}
    soon = {name for at, name in due if now <= at <= now + timedelta(days=9)}
    live = {name for name, entries in played.cases.items() if any_open(fold(entries))}
    assert 0 < len(late) < len(live) / 4
    assert len(soon) > len(late)
    assert all(now - at < timedelta(days=90) for at, _ in due if at < now)


def any_open(case: Any) -> bool:
    return any(thread.open for thread in case.threads.values())


def test_some_are_booked_to_come_soon(played: Rehearsed, told: list[Told]) -> None:
    booked = [one for case in told for one in case.case.appointments.values()]
    assert len(booked) == 4
    ahead = (one.starts - played.anchor for one in booked)
    assert all(timedelta(0) < one < timedelta(days=40) for one in ahead)


def test_the_same_seed_gives_the_same_year_and_fewer_cases_are_the_first_of_more() -> None:
    first = [*cases_of(SEED, 40)]
    assert first == [*cases_of(SEED, 40)]
    assert first[:7] == [*cases_of(SEED, 7)]
    assert first != [*cases_of(SEED + 1, 40)]


def test_whoever_is_in_it_is_plainly_invented(played: Rehearsed) -> None:
    names = [one["details"]["name"] for one in people_of(cases_of(SEED, WHOLE))]
    assert len(names) > WHOLE
    assert all(name.endswith("(invented)") for name in names)
    assert all("(invented)" in who["details"]["name"] for who in played.cast.people.values())


def people_of(cases: Iterator[Any]) -> Iterator[dict[str, Any]]:
    for case in cases:
        for step in case.steps:
            yield from step.given.get("parties", ())


def test_no_two_cases_look_like_one_matter_but_those_that_are() -> None:
    cases = {case.name: Known(details(case)) for case in cases_of(SEED, SIZE)}
    alike = [
        (one, other)
        for one, other in combinations(cases, 2)
        if (found := compare(cases[one], "RJ-2", cases[other])) and found.strength
    ]
    twice = [card for card in DECK if card.kind is people.same_matter]
    assert len(alike) == sum(card.count for card in twice)
    assert all(int(b.split("-")[1]) - int(a.split("-")[1]) == 1 for a, b in alike)


def details(case: Any) -> dict[str, tuple[PartyDetails, ...]]:
    for step, at in dated(case, NOW):
        if "parties" in step.given:
            return {
                one["party"]: (PartyDetails.entered(resolved(one["details"], at)),)
                for one in step.given["parties"]
            }
    return {}


def resolved(given: dict[str, Any], at: Any) -> dict[str, Any]:
    return {name: one.after(at) if hasattr(one, "after") else one for name, one in given.items()}
