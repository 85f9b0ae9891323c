"""What was held: pairs that reached a meeting or an exchange, and interventions by type."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.events.interventions import InterventionCompleted
from domain.events.letters import LetterDelivered
from domain.events.local_resolution import LocalResolutionRecorded
from domain.events.quality import OwnSideWorkDone
from domain.events.questions import AnswerGiven
from domain.events.shuttle import MessageCarried
from domain.interventions import of_family
from domain.words import Family, InterventionState
from reports.definition import Definition, Member, Population, narrower
from reports.families.referrals import BY_ACCEPTANCE, PAIRS, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from domain.event import Event
    from domain.words import InterventionType
    from reports.told import Told

    Holds = Callable[[Told, Member], bool]

DIRECT = of_family(Family.DIRECT)
INDIRECT = of_family(Family.INDIRECT)
"""A local resolution and a meeting with a stand-in are neither, and are counted apart."""
PASSED: dict[type[Event], str] = {
    LetterDelivered: "LETTER",
    AnswerGiven: "ANSWER",
    MessageCarried: "MESSAGE",
}


def _reached(types: frozenset[InterventionType]) -> Holds:
    def holds(told: Told, one: Member) -> bool:
        thread, _, number = one.who.partition("#")
        return any(
            i.state is InterventionState.COMPLETED
            and i.type in types
            and thread in i.episodes
            and (not number or i.episodes[thread] == int(number))
            for i in told.case.interventions.values()
        )

    return holds


def _took_part(types: frozenset[InterventionType]) -> Holds:
    reached = _reached(types)

    def holds(told: Told, one: Member) -> bool:
        theirs = (pair for pair in told.pairs if one.who in pair.people)
        return any(reached(told, Member(pair.id, one.at)) for pair in theirs)

    return holds


def _ended(told: Told) -> Iterable[Member]:
    if told.is_case:
        for pair in told.pairs:
            for episode in pair.episodes:
                if episode.ended:
                    reason = episode.ended.reason.value
                    yield Member(f"{pair.id}#{episode.number}", episode.ended.at, reason)


def _completed(told: Told) -> Iterable[Member]:
    if told.is_case and not told.goes_on_elsewhere:
        for at, event in told.happened(InterventionCompleted):
            kind = told.case.intervention(event.intervention).type.value
            yield Member(event.intervention, at, kind)


def _passed(told: Told) -> Iterable[Member]:
    if told.is_case and not told.goes_on_elsewhere:
        for number, (at, event) in enumerate(told.happened(*PASSED), 1):
            yield Member(f"passed-{number}", at, PASSED[type(event)])


def _alone(told: Told) -> Iterable[Member]:
    if told.is_case:
        for number, (at, event) in enumerate(told.happened(OwnSideWorkDone), 1):
            yield Member(f"alone-{number}", at, event.kind.value, event.party)


def _local(told: Told) -> Iterable[Member]:
    if told.is_case and not told.goes_on_elsewhere:
        for at, event in told.happened(LocalResolutionRecorded):
            yield Member(event.intervention, at)


ENDED = Population("ended_1", "passes of a pair through the process that ended", _ended)
COMPLETED = Population("completed_1", "interventions held to their end", _completed)
PASSED_ON = Population("passed_1", "letters and answers given, and messages carried", _passed)
ALONE = Population("alone_1", "pieces of work with one person alone", _alone)
LOCAL = Population("local_1", "local resolutions recorded with all that makes one", _local)
_FORMS = (
    ("direct", "a meeting of the two", DIRECT),
    ("indirect", "an exchange without meeting", INDIRECT),
    ("any", "a meeting or an exchange", DIRECT | INDIRECT),
)
_OUT_OF = (
    (1, PAIRS, "with {} held", _reached, f"{BY_ACCEPTANCE}, whenever it was held"),
    (2, ENDED, "with {} held", _reached, "by the day on which this pass of the pair ended"),
    (3, PEOPLE, "who had {}", _took_part, f"{BY_ACCEPTANCE}, whenever it was held"),
)
"""Of pairs, of passes, and of people: only people can be broken down by what they are."""


def _reaching(
    version: int,
    of: Population,
    held: str,
    having: Callable[[frozenset[InterventionType]], Holds],
    cohort: str,
) -> Iterable[Definition]:
    beware = "never a meeting with a stand-in, nor a local resolution; those are counted apart"
    before: tuple[Population, ...] = ()
    for name, words, types in _FORMS:
        met = narrower(of, f"reached_{name}_{version}", held.format(words), having(types))
        if name == "any":
            met = replace(met, either=before)
        before += (met,)
        yield Definition(
            f"reached-{name}", version, "exchanges", f"Reached {words}", of, met, cohort, beware
        )


TABLE = (
    *(one for out_of in _OUT_OF for one in _reaching(*out_of)),
    Definition(
        "interventions", 1, "exchanges", "Interventions by type", COMPLETED,
        cohort="by the day on which it was held to its end",
        beware="one written or shuttle exchange is one, however much passed in it",
    ),
    Definition(
        "interventions", 2, "exchanges", "What passed, one by one", PASSED_ON,
        cohort="by the day on which it was given or carried",
        beware="counts each letter, answer and message: not to be compared with version 1",
    ),
    Definition(
        "ended", 1, "exchanges", "Passes that ended, by why", ENDED,
        cohort="by the day on which it ended", beware="an end for now: each can be taken up again",
    ),
    Definition(
        "alone", 1, "exchanges", "Work with one person alone", ALONE,
        cohort="by the day on which it was done", beware="none of it is an intervention",
    ),
    Definition(
        "local-resolutions", 1, "local", "Local resolutions", LOCAL,
        cohort="by the day on which it was done",
        beware="counted apart: never a meeting, and in none of the rates",
    ),
)  # fmt: skip
