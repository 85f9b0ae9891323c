"""Everybody by role, cases of every kind, and what each role may see of them: written out as data.

The table says what each role is there for; the cases are all that a role can be to a case (theirs,
of their organisation and area, of another area, somebody else's, with a conflict of interest) by
all that a case can be (as usual, ended, sensitive, merged, made up).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.events.ending import ThreadEnded
from domain.events.merging import CaseMerged
from domain.events.risk import CaseClassified
from domain.events.staff import CaseAllocated, ConflictDeclared
from domain.ids import reference
from domain.record import Actor, Draft, Regime
from domain.words import EndReason, Sensitivity, StaffRole
from store import Asked
from tests.paths import referred

if TYPE_CHECKING:
    from domain.event import Event
    from tests.desk import Desk

HERE = ("DERBYSHIRE_RJ", "DERBYSHIRE")
ELSEWHERE = ("OTHER_RJ", "NOTTINGHAMSHIRE")
ROLES = [role.value for role in StaffRole]
OTHERS = ["LEFT", "UNKNOWN", "SYSTEM"]
"""Somebody who left, a reference that nobody has, and the service itself."""
KINDS = ("usual", "ended", "sensitive", "merged", "demo")

TABLE = """
                         theirs  own  other_area  somebodys  conflicted  referred
INTAKE                   chw     .    .           .          .           r
CASE_WORKER              chw     .    .           .          .           r
FACILITATOR              chw     .    .           .          .           r
SPECIALIST               chw     .    .           .          .           r
SUPERVISOR               chwb    chwb .           chwb       .           chwbr
SERVICE_MANAGER          .       .    .           .          .           .
AUDITOR                  chwb    chwb chwb        chwb       .           chwb
DATA_PROTECTION_OFFICER  chwb    chwb chwb        chwb       .           chwb
ADMINISTRATOR            .       .    .           .          .           .
LEFT                     .       .    .           .          .           .
UNKNOWN                  .       .    .           .          .           .
SYSTEM                   .       .    .           .          .           .
"""
"""c the case, h its history, w its words, b both clocks, r as whoever referred it. Somebody else's
case is one of the same organisation and area that is allocated."""
_ROWS = [line.split() for line in TABLE.strip().split("\n")]
RELATIONS = tuple(_ROWS[0])
SEES = {
    (row[0], relation): set(cell) - {"."}
    for row in _ROWS[1:]
    for relation, cell in zip(RELATIONS, row[1:], strict=True)
}
REFERRERS = [role for role in ROLES if "r" in SEES[role, "referred"]] + ["LEFT"]
"""Of the others none can refer; to them what somebody else referred is as good."""
REVIEWERS = {"AUDITOR", "DATA_PROTECTION_OFFICER"}
"""Who looks at cases that others work on."""
LOG = {"DATA_PROTECTION_OFFICER"}
"""Who may read the access log."""


def asks_why(role: str, kind: str, letter: str) -> bool:
    """Say whether a reason is asked for first: in a sensitive case, and of a reviewer for words."""
    return letter != "r" and (kind == "sensitive" or (role in REVIEWERS and letter == "w"))


@dataclass
class Cells:
    """An installation in which everybody is there and every case."""

    desk: Desk
    people: dict[str, str] = field(default_factory=dict)
    cases: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """By role, relation and kind."""

    def case(self, role: str, relation: str, kind: str) -> str:
        """Return the case that is this to somebody of this role."""
        own = relation in ("theirs", "conflicted") or (relation == "referred" and role in REFERRERS)
        whose = role if own else ""
        return self.cases[whose, relation, kind]

    def actor(self, role: str) -> Actor:
        """Return somebody of this role, as an edge names them."""
        who = self.people[role]
        return Actor(id=who, identified="service" if role == "SYSTEM" else "unverified")

    def expected(self, role: str) -> set[str]:
        """Return the cases that lists may show to somebody of this role."""
        return {
            case
            for (whose, relation, _), case in self.cases.items()
            if (whose in (role, "") and "c" in SEES[role, relation])
            or (whose not in (role, "") and self._somebodys(role))
        }

    def _somebodys(self, role: str) -> bool:
        return "c" in SEES[role, "somebodys"]


def made(desk: Desk, kinds: tuple[str, ...] = KINDS) -> Cells:
    """Register somebody of every role and record every case."""
    cells = Cells(desk)
    roles = {"REFERRER": ["CASE_WORKER"], "LEFT": ["SUPERVISOR", "AUDITOR"]}
    for role in [*ROLES, *roles]:
        given = {
            "kind": "SERVICE_STAFF",
            "organisation": HERE[0],
            "roles": roles.get(role, [role]),
            "credentials": ["AWARENESS"],
        }
        who = desk.do("service:setup", "register_practitioner", given, identified="service")
        cells.people[role] = who
    administrator = cells.people["ADMINISTRATOR"]
    desk.do(administrator, "deactivate_practitioner", {}, stream=cells.people["LEFT"])
    cells.people |= {"UNKNOWN": reference("PR", "nobody-at-all"), "SYSTEM": "service:clock"}
    for kind in kinds:
        for relation in ("own", "other_area", "somebodys", "referred"):
            cells.cases["", relation, kind] = _case(cells, "", relation, kind)
        for role in [*ROLES, *OTHERS]:
            for relation in ("theirs", "conflicted"):
                cells.cases[role, relation, kind] = _case(cells, role, relation, kind)
        for role in REFERRERS:
            cells.cases[role, "referred", kind] = _case(cells, role, "referred", kind)
    return cells


def _case(cells: Cells, role: str, relation: str, kind: str) -> str:
    desk, referrer = cells.desk, cells.people["REFERRER"]
    command = f"{role or 'nobody'}-{relation}-{kind}".lower().replace("_", "-")
    origin = "demo" if kind == "demo" else "cli"
    given = dict(referred()[0].given)
    stream = desk.do(referrer, "refer", given, command_id=command, origin=origin)
    who, another = cells.people.get(role, ""), reference("PR", "some-worker")
    somebody = who if who.startswith("PR-") else another
    if relation == "other_area":
        # Nobody refers into another area from here: it is there from the first.
        stream = _again(desk, stream, command, organisation=ELSEWHERE[0], area=ELSEWHERE[1])
    if relation == "referred":
        # Whatever the rules say of who refers; somebody else works on it.
        stream = _again(desk, stream, command, referrer=somebody, case_worker=another)
    events: list[Event] = []
    if relation in ("theirs", "conflicted", "somebodys"):
        events.append(CaseAllocated(case_worker=somebody, lead=somebody))
    if kind == "ended":
        events.append(ThreadEnded(thread="V1-O1", reason=EndReason.VICTIM_DECLINED_DOOR_OPEN))
    if kind == "sensitive":
        events.append(CaseClassified(sensitivity=Sensitivity.SENSITIVE_COMPLEX))
    if kind == "merged":
        events.append(CaseMerged(into=reference("RJ", "the-other-one"), people={"V1": "V1"}))
    if relation == "conflicted":
        events.append(ConflictDeclared(practitioner=somebody))
    if events:
        _record(desk, stream, f"{command}-more", events)
    return stream


def _again(desk: Desk, stream: str, command: str, **changes: str) -> str:
    """Record the same case with these fields otherwise, wherever they are; return its reference."""
    log = desk.recorder.turns.log
    there = reference("RJ", f"{command}-there")
    entries = log.load(stream)
    events: list[Event] = []
    for entry in entries:
        fits = {k: v for k, v in changes.items() if hasattr(entry.event, k)}
        events.append(entry.event.model_copy(update=fits))
    _record(desk, there, f"{command}-there", events)
    return there


def _record(desk: Desk, stream: str, command: str, events: list[Event]) -> None:
    """Record what happened as it is, whatever the rules would say of it."""
    log = desk.recorder.turns.log
    now = datetime.now(UTC)
    asked = Asked(
        command_id=command,
        digest="0" * 64,
        actor=Actor(id="service:setup", identified="service"),
        asked_by=None,
        origin="cli",
        at=now,
        rules="test",
        controller="TEST",
        regime=Regime.UK_GDPR,
        read={},
    )
    log.append(stream, len(log.load(stream)), asked, [Draft(event, now) for event in events])
