"""A case played over the pure domain: people, commands, a simulated clock; nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from client.words import with_references
from domain.asking import Asking, CaseCommand
from domain.command import COMMANDS, StreamKind
from domain.covering import as_covering, named_covers
from domain.decide import Accepted, Denied, decide, decode, present, tick
from domain.fold import fold, fold_practitioner
from domain.ids import ALPHABET, reference
from domain.matrix import DEFAULT, Matrix
from domain.needs import needs
from domain.record import START, Actor, Draft, Entry, Envelope, Regime
from domain.texts import TextRef
from domain.waits import Limits, waits
from tests.beyond import beyond

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.case import Case
    from domain.command import Command
    from domain.message import Refusal
    from domain.practitioner import Practitioner
    from domain.words import InterventionType

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LIMITS = Limits()


class RefusedInStory(Exception):
    """Rules spoke against a command; `codes` are their names, `about` what they say is missing."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.codes = tuple(r.code for r in refusals)
        self.about = {r.code: r.about for r in refusals}
        super().__init__(", ".join(self.codes))


class DeniedInStory(Exception):
    """The actor may not do this here."""


@dataclass
class Story:
    """One case and the staff round it. `do` asks; `later` lets time pass, ticks included."""

    now: datetime = MONDAY
    streams: dict[str, list[Entry]] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    count: int = 0
    matrix: Matrix = DEFAULT
    forms: frozenset[InterventionType] = frozenset()
    """What this area offers besides what every area does."""
    limits: Limits = LIMITS
    case_id: str = ""
    origin: str = "cli"
    """Where what is asked for comes in."""

    def __post_init__(self) -> None:
        for name, given in STAFF.items():
            self._register(name, given)

    @property
    def history(self) -> list[Entry]:
        """The case's entries."""
        return self.streams.get(self.case_id, [])

    @property
    def case(self) -> Case:
        """The case as it is."""
        return fold(self.history)

    @property
    def events(self) -> list[str]:
        """The names of what happened, in the order of recording."""
        return [e.name for e in self.history]

    def waiting(self) -> set[str]:
        """What the case waits for, by name."""
        return {w.name for w in waits(self.case, self.limits)}

    def do(self, who: str, name: str, **given: Any) -> list[Entry]:
        """Ask for a command about the case; open it if this is the first. Return what happened."""
        self.count += 1
        command_id = f"story-{self.count:04d}"
        cls = COMMANDS[name]
        if cls.stream is StreamKind.PRACTITIONER:
            return self._ask(command_id, self.staff[given.pop("about")], who, name, given)
        stream = self.case_id or reference("RJ", command_id)
        happened = self._ask(command_id, stream, who, name, given)
        self.case_id = stream
        return happened

    def ask(
        self, stream: str, who: str, name: str, *, command_id: str | None = None, **given: Any
    ) -> list[Entry]:
        """Ask for a command about any stream. Return what happened."""
        self.count += 1
        return self._ask(command_id or f"story-{self.count:04d}", stream, who, name, given)

    def later(self, **span: float) -> None:
        """Let time pass, and everything fall due that falls due meanwhile."""
        end = self.now + timedelta(**span)
        while (due := self._next_due()) is not None and due <= end:
            self.now = max(due, self.now)
            self.fall_due()
        self.now = end

    def fall_due(self) -> None:
        """Let the clock tick once, now."""
        self._tick(self.case_id)

    def fall_due_of(self, name: str) -> None:
        """Let the clock of a member of staff tick once, now."""
        self._tick(self.staff[name])

    def _tick(self, stream: str) -> None:
        drafts = tick(self.streams.get(stream, []), self.now, self.limits, self.matrix)
        if drafts:
            self.recorded(stream, drafts)

    def recorded(self, stream: str, drafts: Iterable[Draft]) -> None:
        """Have what fell due in a stream be recorded."""
        clock = Actor(id="service:clock", identified="service")
        self._record(stream, f"tick:{self.now.isoformat()}", clock, "clock", None, drafts)

    def someone(self, name: str) -> str:
        """Return the reference of a member of staff: lead, co, worker, supervisor …"""
        return self.staff[name]

    def _next_due(self) -> datetime | None:
        return present(self.history, self.limits).next_due if self.history else None

    def _register(self, name: str, given: dict[str, Any]) -> None:
        self.count += 1
        command_id = f"staff-{name}-{self.count:04d}"
        self.staff[name] = reference("PR", command_id)
        past = self.now - timedelta(days=30)
        setup = "service:setup"
        self._ask(
            command_id,
            self.staff[name],
            setup,
            "register_practitioner",
            {**given, "effective_at": past},
        )
        for step, more in KEPT_IN_DATE if given["credentials"] else ():
            if any(str(c).startswith("FACILITATION") for c in given["credentials"]):
                self.count += 1
                self._ask(
                    f"staff-{name}-{self.count:04d}",
                    self.staff[name],
                    "trainer",
                    step,
                    {**more, "effective_at": past},
                )

    def _ask(
        self, command_id: str, stream: str, who: str, name: str, given: dict[str, Any]
    ) -> list[Entry]:
        cls = COMMANDS[name]
        body = with_references(cls, given, self._put)
        command = decode(name, body)
        history = self.streams.get(stream, [])
        actor = Actor(id=self.staff.get(who, who), identified="unverified")
        wanted = needs(history, command, actor.id)
        known = self._known(wanted.practitioners, command)
        known |= self._known(
            named_covers(known.values(), command.effective_at or self.now), command
        )
        asking = Asking(
            actor=actor,
            origin=self.origin,
            at=self.now,
            command_id=command_id,
            matrix=self.matrix,
            forms=self.forms,
            contact_plan=self.limits.contact_plan,
            retention=self.limits.retention,
            practitioners=known,
            signed_in=(
                fold_practitioner(self.streams[actor.id]) if actor.id in self.streams else None
            ),
            covers=self._covers(actor.id, command, history),
            **beyond(self, history, command, wanted, actor.id),
        )
        decision = decide(history, command, asking)
        if isinstance(decision, Denied):
            raise DeniedInStory(name)
        if not isinstance(decision, Accepted):
            raise RefusedInStory(decision.refusals)
        return self._record(
            stream, command_id, actor, self.origin, command.asked_by, decision.drafts
        )

    def _known(self, references: Iterable[str], command: Command) -> dict[str, Practitioner]:
        return {
            p: fold_practitioner(self.streams[p], true_at=command.effective_at)
            for p in references
            if p in self.streams
        }

    def _covers(self, actor: str, command: Command, history: list[Entry]) -> frozenset[str]:
        if actor not in self.streams or not isinstance(command, CaseCommand):
            return frozenset()

        def registered(one: str) -> Practitioner:
            return fold_practitioner(self.streams[one])

        who, case = registered(actor), fold(history)
        return as_covering(who, command.act, case, registered, self.now).covers

    def _record(
        self,
        stream: str,
        command_id: str,
        actor: Actor,
        origin: str,
        asked_by: str | None,
        drafts: Iterable[Draft],
    ) -> list[Entry]:
        drafts = list(drafts)
        history = self.streams.setdefault(stream, [])
        added = []
        for part, draft in enumerate(drafts, 1):
            last = history[-1] if history else None
            envelope = Envelope(
                v=draft.event.version,
                command=command_id,
                digest=hashlib.sha256(command_id.encode()).hexdigest(),
                part=part,
                parts=len(drafts),
                previous=last.hash if last else START,
                actor=actor,
                asked_by=asked_by,
                recorded_at=max(self.now, last.recorded_at) if last else self.now,
                effective_at=draft.effective_at,
                rules="story",
                basis=draft.basis,
                controller="TEST",
                regime=Regime.UK_GDPR,
                origin=origin,
                why=draft.why,
                data=draft.event.model_dump(mode="json"),
            )
            version = len(history) + 1
            content = f"{stream}{version}{draft.event.name()}{envelope.model_dump_json()}"
            digest = hashlib.sha256(content.encode()).hexdigest()
            entry = Entry(stream, version, draft.event.name(), envelope, draft.event, digest)
            history.append(entry)
            added.append(entry)
        return added

    def _put(self, place: str, owner: str, words: str) -> TextRef:  # noqa: ARG002
        self.count += 1
        number = self.count
        letters = "".join(ALPHABET[(number >> (5 * i)) & 31] for i in range(16))
        ref = TextRef(id=f"T-{letters}", digest=hashlib.sha256(words.encode()).hexdigest())
        if words.startswith("{"):
            self.facts[ref.id] = json.loads(words)
        else:
            self.facts[ref.id] = {}
        return ref


KEPT_IN_DATE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("record_supervision", {}),
    ("record_observed_practice", {}),
    ("record_development", {"hours": 20}),
    ("record_practice", {}),
)
SERVICE = "DERBYSHIRE_RJ"
STAFF: dict[str, dict[str, Any]] = {
    "trainer": {
        "kind": "SERVICE_STAFF",
        "organisation": SERVICE,
        "roles": ["ADMINISTRATOR", "SUPERVISOR"],
        "credentials": ["SUPERVISION"],
    },
    "supervisor": {
        "kind": "SERVICE_STAFF",
        "organisation": SERVICE,
        "roles": ["SUPERVISOR"],
        "credentials": ["AWARENESS", "SUPERVISION"],
    },
    "worker": {
        "kind": "PCSO",
        "organisation": "DERBYSHIRE_POLICE",
        "roles": ["CASE_WORKER"],
        "credentials": [],
    },
    "sergeant": {
        "kind": "POLICE_OFFICER",
        "organisation": "DERBYSHIRE_POLICE",
        "roles": ["SUPERVISOR"],
        "credentials": ["SUPERVISION"],
    },
    "intake": {
        "kind": "SERVICE_STAFF",
        "organisation": SERVICE,
        "roles": ["INTAKE"],
        "credentials": ["AWARENESS"],
    },
    "lead": {
        "kind": "FACILITATOR",
        "organisation": SERVICE,
        "roles": ["FACILITATOR"],
        "credentials": ["AWARENESS", "FACILITATION_INTERMEDIATE"],
    },
    "co": {
        "kind": "FACILITATOR",
        "organisation": SERVICE,
        "roles": ["FACILITATOR"],
        "credentials": ["AWARENESS", "FACILITATION_FOUNDATION"],
    },
    "advanced": {
        "kind": "FACILITATOR",
        "organisation": SERVICE,
        "roles": ["FACILITATOR"],
        "credentials": ["AWARENESS", "FACILITATION_ADVANCED", "SPECIALIST_DA"],
    },
    "intermediate": {
        "kind": "FACILITATOR",
        "organisation": SERVICE,
        "roles": ["FACILITATOR"],
        "credentials": ["AWARENESS", "FACILITATION_INTERMEDIATE"],
    },
    "auditor": {
        "kind": "SERVICE_STAFF",
        "organisation": SERVICE,
        "roles": ["AUDITOR"],
        "credentials": [],
    },
    "officer": {
        "kind": "SERVICE_STAFF",
        "organisation": SERVICE,
        "roles": ["DATA_PROTECTION_OFFICER"],
        "credentials": [],
    },
}
