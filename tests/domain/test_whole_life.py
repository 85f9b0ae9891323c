"""That the promises to people hold in every life that a case can have, however it came about.

Random lives: one case, one or two people on each side, staff whose training lapses and who leave,
time that passes, entries that come late and slips that are marked. Commands that the rules
speak against are refused; auditors of their own (`gates.py`, `course.py`) read what was recorded.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from domain.command import COMMANDS
from domain.decide import present
from domain.event import read_event
from domain.fold import fold
from domain.interventions import CATALOGUE
from domain.record import Envelope
from domain.rule import refusal
from domain.rules.table import GUARDS
from domain.waits import Binds, waits
from tests.domain.auditor import Record
from tests.domain.course import audit
from tests.domain.honest import nothing_missing_on_the_spot
from tests.domain.lives import (
    ALL_SCOPES,
    CASE_COMMANDS,
    HALF,
    LEAVING,
    OF_THE_REGISTER,
    OFTEN,
    PROTECTIVE,
    SAYING_NO,
    SELDOM,
    SPANS,
    STAFF,
    Answer,
    ask,
    earlier,
    fields_of,
    some_command,
)
from tests.domain.onward import all_the_same, next_steps
from tests.domain.situations import after
from tests.domain.states import (
    Standing,
    active,
    afresh,
    goes_beyond,
    is_there,
    kept_apart,
    passing,
    plain,
    standing,
)
from tests.steps import NONE_BEHIND, chosen, explored, offender, referred, step, victim
from tests.story import KEPT_IN_DATE, LIMITS, SERVICE, Story
from tests.story import STAFF as REGISTERED

if TYPE_CHECKING:
    from domain.case import Case
    from domain.record import Entry
    from domain.words import InterventionType

SUPPORTER = {"party": "S1", "role": "SUPPORTER_OF_VICTIM", "of": "V1"}
CHILD = {"role": "CHILD_VICTIM", "details": {"name": "Vic Example", "born": "2012-06-01"}}
PARENT = {"party": "S2", "role": "PARENT_OR_GUARDIAN_OF_VICTIM", "of": "V1"}
A_SUBJECT = re.compile(r"[VOSC]\d+|V\d+-O\d+|[IQLMATRHKPDW]\d+|(RJ|PR)-\S+")

MOMENTS = 4
"""So many earlier moments of each life are looked back at."""


def in_form(form: InterventionType | None, given: dict[str, Any]) -> dict[str, Any]:
    """Return what is planned, in this form if it takes the steps of the one that it was."""
    takes = form is not None and given.get("type") == CATALOGUE[form].steps
    return {**given, "type": form} if takes else given


class WholeLife(RuleBasedStateMachine):
    story: Story
    form: InterventionType | None = None
    """What is planned in this life in the place of the form whose steps it takes, if any."""

    @property
    def offered(self) -> frozenset[InterventionType]:
        """What the area of this life offers besides what every area does."""
        return frozenset([self.form] if self.form else [])

    @initialize(
        victims=st.integers(1, 2),
        offenders=st.integers(1, 2),
        child=st.sampled_from([False, False, True]),
        far=st.sampled_from([0, 1, 2, 2]),
        sensitive=st.sampled_from([False, False, True]),
    )
    def begin(
        self, victims: int, offenders: int, far: int, *, child: bool, sensitive: bool
    ) -> None:
        """A case was referred and allocated, and perhaps has come further in its first pair."""
        first = {**victim(1), **(CHILD if child else {})}
        people = [first, *(victim(n) for n in range(2, victims + 1))]
        people += [offender(n) for n in range(1, offenders + 1)]
        steps = [*referred(*people, SUPPORTER, PARENT)]
        if sensitive:
            steps.append(
                step(
                    "supervisor",
                    "classify_case",
                    sensitivity="SENSITIVE_COMPLEX",
                    flags=NONE_BEHIND,
                )
            )
            steps.append(step("supervisor", "allocate_case", lead="@advanced", co="@intermediate"))
        elif not child:
            steps += [*explored()] * (far > 0) + [*chosen(*ALL_SCOPES)] * (far > 1)
        self.story = after(*steps, forms=self.offered)
        self.kept: list[tuple[int, Case, str]] = []
        self.looked_at = 0

    @rule(lot=st.integers(0, 2**64 - 1))
    def something_happens(self, lot: int) -> None:
        # Mixed with how far things are: Hypothesis likes to draw the same lot again.
        rng = Random(f"{lot} {len(self.story.history)}")  # noqa: S311 - no secret
        rng.choice(
            [
                self.something_is_asked,
                self.something_is_asked,
                *[self.it_goes_on] * 4,
                self.somebody_says_no_or_stop_or_warns,
                self.time_passes,
                self.somebody_of_the_staff_changes,
                self.a_slip_is_marked,
            ]
        )(rng)

    def something_is_asked(self, rng: Random) -> None:
        late = rng.random() < HALF
        for _ in range(rng.randint(1, 5)):
            self.took(*some_command(rng, self.story, CASE_COMMANDS, late=late))

    def it_goes_on(self, rng: Random) -> None:
        for _ in range(rng.randint(1, 20)):
            wrong = all_the_same(self.story) if rng.random() < OFTEN else []
            who, name, given = rng.choice(wrong or next_steps(self.story))
            late = {"effective_at": earlier(rng, self.story)} if rng.random() < SELDOM else {}
            self.took(who, name, {**given, **late})
            self.story.now += timedelta(minutes=3)

    def somebody_says_no_or_stop_or_warns(self, rng: Random) -> None:
        for name in PROTECTIVE:
            given = fields_of(rng, self.story, COMMANDS[name])
            self.always_taken(ask(self.story, rng.choice(STAFF), name, given, record=False))
        names, late = [*PROTECTIVE, *SAYING_NO], rng.random() < HALF
        who, name, given = some_command(rng, self.story, names, late=late)
        self.took(who, name, given)
        wrong = all_the_same(self.story)
        for one in rng.sample(wrong, min(6, len(wrong))):
            self.took(*one)

    def time_passes(self, rng: Random) -> None:
        """What falls due meanwhile falls due; staff are kept in date, or not."""
        before, known = standing(self.story.case), len(self.story.history)
        self.story.later(seconds=rng.choice(SPANS).total_seconds())
        self.looks_right(before, self.story.history[known:])
        assert standing(self.story.case) == before, "N2: the clock changed what somebody chose"
        kept = rng.random() > SELDOM
        for name in LEAVING if kept else ():
            for what, given in KEPT_IN_DATE:
                ask(self.story, "trainer", what, {"about": name, **given})

    def somebody_of_the_staff_changes(self, rng: Random) -> None:
        name = rng.choice(OF_THE_REGISTER)
        given = fields_of(rng, self.story, COMMANDS[name])
        self.took("trainer", name, {**given, "about": rng.choice(LEAVING)})
        self.took("trainer", "reactivate_practitioner", {"about": rng.choice(LEAVING)})

    def a_slip_is_marked(self, rng: Random) -> None:
        last = self.story.history[-1]
        names = {reference: name for name, reference in self.story.staff.items()}
        who = names.get(last.envelope.actor.id, "worker")
        entry = max(1, last.version - rng.randint(0, 1))
        self.took(who, "mark_entered_in_error", {"entry": entry})

    def took(self, who: str, name: str, given: dict[str, Any]) -> None:
        """Ask, and look at what came of it."""
        given = in_form(self.form, given) if name == "plan_intervention" else given
        case, known = self.story.case, len(self.story.history)
        answer = ask(self.story, who, name, given)
        note(f"{self.story.now:%d %b %Y %H:%M:%S} {who}: {name} {given} -> {answer}")
        self.refused_with_sentences(answer)
        added = self.story.history[known:]
        if not answer.added:
            assert not added
            assert self.story.case == case
        if any(e.name == "acted_in_breach" for e in added):
            assert passing(self.story.case) == passing(case), "N20: a breach opened something"
        assert not goes_beyond(answer), "N10: a no was recorded of other pairs than it was said of"
        if answer.added and name in CASE_COMMANDS and not COMMANDS[name].protective:
            self.done_by_somebody_who_may(answer)
        wrong = [*nothing_missing_on_the_spot(given, added)]
        assert not wrong, wrong
        self.looks_right(standing(case), added)

    def refused_with_sentences(self, answer: Answer) -> None:
        """A refusal is a rule of the table with its sentence; what happened is never refused."""
        cls = COMMANDS[answer.name]
        # What was done in breach passes the rules of what was done, once it is confirmed.
        rules = chain(*GUARDS.values()) if answer.name == "confirm_breach" else GUARDS[cls]
        table = {refusal(one).code: refusal(one).reason for one in rules}
        for one in answer.refusals:
            assert table[one.code] == one.reason
            assert one.reason.endswith(".")
        assert not any("there is no practitioner" in one for one in answer.nonsense)
        if answer.name in CASE_COMMANDS and answer.given.get("happened"):
            assert not answer.refusals, "N20: what has happened is always recordable"
        if answer.name in PROTECTIVE:
            self.always_taken(answer)

    def always_taken(self, answer: Answer) -> None:
        """N20: nobody who is in the service is refused, whatever the state of the case."""
        assert not answer.refusals, f"N20: {answer.name} was refused"
        assert not answer.denied or not active(self.story, answer.who), (
            f"N20: {answer.name} was denied"
        )
        assert not answer.nonsense or not is_there(self.story, answer), answer.nonsense

    def done_by_somebody_who_may(self, answer: Answer) -> None:
        """N7: nobody acts in a conflict of interest, after they left, or out of date."""
        mine = self.story.staff[answer.who]
        declared = (e for e in self.story.history if e.name == "conflict_declared")
        assert all(e.envelope.data["practitioner"] != mine for e in declared), "N7: a conflict"
        assert active(self.story, answer.who), "somebody acted who had left"
        breach = any(e.name == "acted_in_breach" for e in answer.added)
        if COMMANDS[answer.name].act == "FACILITATE" and not breach:
            at = answer.command.effective_at or self.story.now if answer.command else self.story.now
            lines = [e for e in self.story.streams[mine] if e.effective_at <= at]
            seen = [e for e in lines if e.name == "supervision_recorded"]
            assert seen, "N7: never supervised"
            assert at - max(e.effective_at for e in seen) <= timedelta(weeks=12), "N7: lapsed"

    def supervisors(self) -> frozenset[str]:
        """Who supervises, by reference."""
        return frozenset(
            self.story.staff[name]
            for name, given in REGISTERED.items()
            if "SUPERVISOR" in given["roles"]
        )

    def looks_right(self, before: Standing, added: list[Entry]) -> None:
        """Have the auditor read what was added, and see that it reads back as it was written."""
        history, after_it = self.story.history, standing(self.story.case)
        wrong = kept_apart(before, after_it, added, history)
        for e in added:
            wrong += audit(Record(history, e, self.story.facts, self.supervisors()))
            written = json.loads(json.dumps(e.event.model_dump(mode="json")))
            assert read_event(e.name, e.envelope.v, written) == e.event
            assert Envelope.model_validate_json(e.envelope.model_dump_json()) == e.envelope
        assert not wrong, wrong

    @invariant()
    def the_fold_is_the_same_at_once_and_step_by_step(self) -> None:
        if len(self.story.history) != self.looked_at:
            self.looked_at = len(self.story.history)
            case = self.story.case
            assert afresh(self.story.history, "once") == replace(case, head=f"{case.head}once")
            self.kept.append((self.looked_at, case, repr(case)))

    @invariant()
    def what_is_waited_for_says_nothing_personal(self) -> None:
        for wait in waits(self.story.case, LIMITS):
            assert all(A_SUBJECT.fullmatch(one) for one in wait.subject.split("/")), wait
            assert wait.whom is None or wait.whom in self.story.staff.values()
            assert wait.binds is not Binds.PERSON or wait.due is None, "N3: a date for a person"
        json.loads(present(self.story.history, LIMITS).model_dump_json())

    @invariant()
    def an_ended_pair_can_be_taken_up_again(self) -> None:
        who = "trainer" if self.story.case.organisation == SERVICE else "sergeant"
        for thread in self.story.case.threads.values():
            if not thread.open:
                again = {"thread": thread.id, "kind": "RETURN", "asked_by": thread.victim}
                answer = ask(self.story, who, "take_up_again", again, record=False)
                assert (answer.refusals, answer.denied, answer.nonsense) == ((), False, ())

    def teardown(self) -> None:
        """No earlier state changed, and each is still what was known at its time."""
        if not hasattr(self, "story"):
            return
        history = self.story.history
        for _, case, looked in self.kept:
            assert repr(case) == looked, "an earlier state was changed"
        for count, case, _ in self.kept[:: len(self.kept) // MOMENTS + 1]:
            moment = history[count - 1].recorded_at
            then = [e for e in history if e.recorded_at <= moment]
            assert plain(fold(history, known_at=moment)) == plain(fold(then))
            assert len(then) > count or plain(fold(then)) == plain(case)
        copied = [e._replace(hash=f"{e.hash}step") for e in history]
        for number in range(1, len(history) + 1):
            one_by_one = fold(copied[:number])
        assert plain(one_by_one) == plain(self.story.case)


def live(
    examples: int, steps: int, *, always_the_same: bool, form: InterventionType | None = None
) -> None:
    run_state_machine_as_test(
        type("WholeLife", (WholeLife,), {"form": form}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=always_the_same,
            database=None,
            deadline=None,
            # A life found wanting is told as it was lived: making it shorter takes minutes.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_is_promised_holds_in_every_life() -> None:
    live(50, 25, always_the_same=True)


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_what_is_promised_holds_in_very_many_lives() -> None:
    live(600, 40, always_the_same=False)
