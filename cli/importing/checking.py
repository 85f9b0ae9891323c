"""The whole file, checked before anything of it is entered: each line, each case, by the rules."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from cli.importing.lines import Problem
from cli.importing.meaning import ACTOR, COMMAND, WHEN, Senseless, in_the_file, meaning
from client import Denied, Nonsense, Refused
from client.admission import UNVERIFIED
from client.rehearsing import Rehearsal
from client.understanding import NOT_YET, read
from domain.command import digest
from domain.ids import CASE_PREFIX, reference
from domain.record import Actor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from cli.importing.lines import Lines
    from cli.importing.meaning import Meant
    from client.words import Words
    from domain.contact_plan import ContactPlan
    from domain.matrix import Matrix
    from domain.record import Entry
    from domain.texts import TextRef
    from domain.words import InterventionType
    from store import Log

IMPORT_ORIGIN = "import"


@dataclass(frozen=True, slots=True)
class Brought:
    """One case of the file: its lines in order, and what they are called here."""

    theirs: str
    """How the file calls it."""
    lines: tuple[Meant, ...]
    seed: str

    @property
    def stream(self) -> str:
        """Its reference in this service, always the same one for this file's reference."""
        return reference(CASE_PREFIX, self.id_of(0))

    def id_of(self, number: int) -> str:
        """Return the id of the command on the case's line of this number, from 0.

        It is made of the file's own reference and where the line stands in its case: a line keeps
        its id when others are added after it. The reference itself stands in no id.
        """
        own = hashlib.sha256(f"{self.seed} {self.theirs}".encode()).hexdigest()[:32]
        return f"import:{own}:{number + 1}"


@dataclass(slots=True)
class Plan:
    """What a file comes to, and all that is wrong with it."""

    cases: list[Brought] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    done: dict[str, frozenset[str]] = field(default_factory=dict)
    """By the file's reference, the ids of the commands that are recorded already."""


@dataclass(frozen=True, slots=True)
class Checking:
    """Checks a file against this installation, at one moment."""

    log: Log
    matrix: Matrix
    contact_plan: ContactPlan
    seed: str
    """What makes this installation's ids its own."""
    importer: Actor
    """Who brings the file along, and how they are known."""
    at: datetime
    seen: Callable[[str], bool]
    """Writes down that whoever brings the file along looks at a case that is there already, and
    says whether they may."""
    forms: frozenset[InterventionType] = frozenset()
    """Interventions offered here besides those that are offered everywhere."""

    def plan(self, found: Lines, moved: Callable[[int, int], None]) -> Plan:
        """Return what a file comes to; `moved` is told how many cases are checked, of how many.

        Raises `Unavailable` of the log.
        """
        plan = Plan(problems=[*found.problems])
        by_case: dict[str, list[Meant]] = {}
        spoilt = _spoilt(found)
        for line in found.lines:
            try:
                meant = meaning(line, self.importer.id)
            except Senseless as error:
                plan.problems += error.problems
                # A line of no known case may be missing from any of them.
                spoilt.add(error.case)
                continue
            by_case.setdefault(meant.case, []).append(meant)
        register = cache(lambda who: tuple(self.log.load(who)))
        for number, (theirs, of_case) in enumerate(by_case.items(), 1):
            case = Brought(theirs, tuple(of_case), self.seed)
            plan.cases.append(case)
            entries = self.log.load(case.stream)
            plan.done[theirs] = frozenset(entry.recorded.command for entry in entries)
            if theirs not in spoilt and None not in spoilt:
                plan.problems += self._of_case(case, entries, register)
            moved(number, len(by_case))
        plan.problems.sort(key=lambda problem: problem.line)
        return plan

    def _of_case(
        self, case: Brought, entries: Sequence[Entry], register: Callable[[str], Sequence[Entry]]
    ) -> Iterator[Problem]:
        found = [*self._out_of_order(case)]
        # What differs tells what is recorded.
        if entries and self.seen(case.stream):
            found += self._changed(case, entries)
        yield from found
        recorded = {entry.recorded.command for entry in entries}
        if not found and not all(case.id_of(n) in recorded for n in range(len(case.lines))):
            yield from self._rehearsed(case, register)

    def _out_of_order(self, case: Brought) -> Iterator[Problem]:
        if not case.lines[0].command.opens:
            says = "this opens no case, and it is the first line of its case"
            yield Problem(case.lines[0].line, COMMAND, says)
        before = case.lines[0]
        for line in case.lines:
            if line.at > self.at:
                yield Problem(line.line, WHEN, "this lies in the future")
            elif line.at < before.at <= self.at:
                says = f"before line {before.line} of the same case: its lines follow one another"
                yield Problem(line.line, WHEN, says)
            else:
                before = line

    def _changed(self, case: Brought, entries: Sequence[Entry]) -> Iterator[Problem]:
        """Yield lines that were entered before and say something else now, as far as is seen."""
        first: dict[str, Entry] = {}
        for entry in entries:
            first.setdefault(entry.recorded.command, entry)
        for number, line in enumerate(case.lines):
            known = first.get(case.id_of(number))
            if known is None:
                continue
            says = "this line was entered before, and was another: correct the case, not the file"
            if known.recorded.actor.id != line.actor:
                yield Problem(line.line, ACTOR, says)
            elif known.effective_at != line.at:
                yield Problem(line.line, WHEN, says)
            elif _digest_without_words(line) not in (None, known.recorded.digest):
                yield Problem(line.line, "", says)

    def _rehearsed(
        self, case: Brought, register: Callable[[str], Sequence[Entry]]
    ) -> Iterator[Problem]:
        own = self.matrix, self.contact_plan, self.at, IMPORT_ORIGIN, self.forms
        tried = Rehearsal(case.stream, register, *own)
        for number, line in enumerate(case.lines):
            if not register(line.actor):
                says = "there is nobody of this reference in the register: register them first"
                yield Problem(line.line, ACTOR, says)
                return
            actor = whoever_did(line, self.importer)
            try:
                tried.take(actor, line.command.name(), line.given, case.id_of(number))
            except (Denied, Nonsense, Refused) as error:
                # What follows in this case rests on it, and cannot be judged without it.
                yield from said_of(error, line.line)
                return


def whoever_did(line: Meant, importer: Actor) -> Actor:
    """Return in whose name a line is entered: nobody is signed in but whoever brings it along."""
    if line.actor == importer.id:
        return importer
    return Actor(id=line.actor, identified=UNVERIFIED)


def _spoilt(found: Lines) -> set[str | None]:
    return {None} if found.problems else set()


def _digest_without_words(line: Meant) -> str | None:
    """Return the digest that the command was recorded with; None if it has words, which lie in the
    vault under references of their own."""
    words: list[str] = []

    def put(place: str, _owner: str, _given: Words) -> TextRef:
        words.append(place)
        return NOT_YET

    command = read(line.command, line.given, put)
    body = command.model_dump(mode="json", exclude_unset=True)
    return None if words else digest(command.name(), body)


def said_of(error: Denied | Nonsense | Refused, line: int) -> Iterator[Problem]:
    """Yield what a refusal says as problems of the line."""
    match error:
        case Denied():
            yield Problem(line, ACTOR, "they may not do this here", refused=True)
        case Refused():
            for one in error.refusals:
                says = f"{one.code}: {' '.join(one.reason.split())}"
                yield Problem(line, "", says, refused=True)
        case Nonsense():
            yield from (in_the_file(said, line) for said in error.problems)
