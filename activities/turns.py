"""How a turn is decided and recorded, step by step; nothing here knows of Temporal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from activities.asking import Wish, asking
from activities.combining import documents
from activities.owners import misplaced
from activities.references import references, references_to_be
from activities.witness import bears_out
from domain.command import StreamKind, digest
from domain.decide import Accepted, Denied, answer, decide, decode, present, tick
from domain.errors import Nonsense
from domain.fold import fold, fold_dossier, fold_person
from domain.handling import Handling, Handlings
from domain.ids import reference
from domain.matrix import DEFAULT, Matrix
from domain.message import Outcome, Refusal, Reply
from domain.order import left_to_do
from domain.personal_data import FOLLOWED
from domain.record import Actor
from domain.rule import rule_set
from domain.visit import VISIT, commands_of, decide_visit
from proof import UNVERIFIED, holds
from store import Asked, Conflict, OtherCommand
from vault import Unopened
from vault.following import follow
from workflows.run import TICK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from activities.looking import Looking
    from domain.asking import Asking
    from domain.command import Command
    from domain.message import Message, Present, Proof, Turn
    from domain.practitioner import Practitioner
    from domain.record import Draft, Entry
    from domain.waits import Limits
    from domain.words import InterventionType
    from keys import Verifier
    from store import Log
    from vault import Vault

ATTEMPTS = 5
"""How often a decision is taken afresh because something else was recorded meanwhile."""
CLOCK = Actor(id="service:clock", identified="service")
"""Who acts when something falls due."""
USED_BEFORE = "this command id was used before, for a command with other content"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is this installation's own: whose data it keeps under which law, recorded with each
    event, and the clocks that it sets itself."""

    handlings: Handlings
    limits: Limits
    matrix: Matrix = DEFAULT
    """Which training each act asks for, and what keeps it in date."""
    forms: frozenset[InterventionType] = frozenset()
    """Interventions offered here besides those that are offered everywhere."""
    allow_unverified: bool = True
    """Whether somebody may act whom nothing but a name vouches for."""

    @property
    def rule_set(self) -> str:
        """By which rules, and which numbers of this installation, a decision was taken."""
        return rule_set(self.matrix, self.limits.contact_plan)


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes turns: reads the log, asks the rules, appends. Safe to repeat, and to run at once."""

    log: Log
    vault: Vault
    door: Verifier
    deployment: Deployment
    looking: Looking

    def take(self, turn: Turn) -> Reply:
        """Return the reply to this turn, recorded if it was accepted.

        Raises `Unavailable` of the log or the vault, and whatever is unforeseen.
        """
        message = turn.message
        if not is_tick(message) and not self._vouched_for(message):
            return Reply(outcome=Outcome.DENIED)
        for _ in range(ATTEMPTS):
            history = self.log.load(message.stream)
            if not bears_out(history, turn.witness):
                seen = turn.witness.version
                _log.error("log_behind_its_witness", seen=seen, found=len(history))
                return Reply(outcome=Outcome.BEHIND_ITS_WITNESS)
            at = max([turn.at, *(entry.recorded_at for entry in history[-1:])])
            try:
                return self._decide(history, message, at)
            except Conflict:
                _log.info("decided_again")
            except OtherCommand:
                return self._nonsense(history, USED_BEFORE)
        raise TooBusy(f"{ATTEMPTS} decisions in a row were overtaken")

    def present(self, history: Sequence[Entry], at: datetime | None = None) -> Present:
        """Return where a stream stands, by this installation's clocks, now if that is known."""
        return present(history, self.deployment.limits, self.deployment.matrix, at)

    def leads_elsewhere(self, stream: str) -> bool:
        """Say whether something follows in another stream, or in the vault, from what was recorded
        in this one.

        Raises `Unavailable` of the log.
        """
        if stream.startswith(StreamKind.PERSON):
            return bool(fold_person(self.log.load(stream)).untold)
        if stream.startswith(StreamKind.DOSSIER):
            dossier = fold_dossier(self.log.load(stream))
            return bool(left_to_do(dossier)) or dossier.erasing is not None
        if not stream.startswith(StreamKind.CASE):
            return False
        case = fold(self.log.load(stream))
        waits = any(linked.pending is not None for linked in case.persons.values())
        return waits or case.follow_up is not None or bool(case.data.being_erased)

    def _vouched_for(self, message: Message) -> bool:
        if not holds(message, self.door):
            _log.warning("proof_does_not_hold")
            return False
        named_only = message.proof is not None and message.proof.identified == UNVERIFIED
        return self.deployment.allow_unverified or not named_only

    def _decide(self, history: list[Entry], message: Message, at: datetime) -> Reply:
        if message.proof is None:
            return self._fall_due(history, message, at)
        recorded = [e for e in history if e.recorded.command == message.id]
        if recorded:
            return self._again(history, recorded, message, message.proof)
        try:
            return self._ask(history, message, message.proof, at)
        except Nonsense as error:
            return self._nonsense(history, *error.problems)

    def _ask(self, history: list[Entry], message: Message, proof: Proof, at: datetime) -> Reply:
        commands = _commands(message)
        _see_that_it_fits(history, message, commands[0])
        gathered: list[Asking] = []

        def gather(known: Sequence[Entry], command: Command, part: int) -> Asking:
            wish = Wish(command, message, proof, at, part)
            own = self.deployment
            found = asking(
                self.log,
                self.vault,
                known,
                wish,
                matrix=own.matrix,
                forms=own.forms,
                contact_plan=own.limits.contact_plan,
                retention=own.limits.retention,
                looking=self.looking,
            )
            gathered.append(found)
            return found

        if message.name == VISIT:
            decision = decide_visit(history, commands, gather)
        else:
            decision = decide(history, commands[0], gather(history, commands[0], 0))
        if isinstance(decision, Denied):
            return Reply(outcome=Outcome.DENIED, present=self.present(history))
        if not isinstance(decision, Accepted):
            refusals = tuple(decision.refusals)
            return Reply(outcome=Outcome.REFUSED, refusals=refusals, present=self.present(history))
        first = gathered[0]
        handling = self._handling(history, first.actor_now)
        asked = Asked(
            command_id=message.id,
            digest=digest(message.name, message.body),
            actor=first.actor,
            asked_by=None if message.name == VISIT else commands[0].asked_by,
            origin=proof.origin,
            at=at,
            rules=self.deployment.rule_set,
            controller=handling.controller,
            regime=handling.regime,
            read={name: version for one in gathered for name, version in one.versions.items()},
        )
        self._check_words(message.stream, commands, decision)
        return self._append(history, message.stream, asked, decision.drafts)

    def _check_words(self, stream: str, commands: Sequence[Command], decision: Accepted) -> None:
        try:
            self.vault.check(stream, references_to_be(decision.drafts))
        except Unopened as error:
            raise Nonsense(str(error)) from None
        if found := [one for c in commands for one in misplaced(self.vault, stream, c)]:
            raise Nonsense(*found)

    def _again(
        self, history: list[Entry], recorded: list[Entry], message: Message, proof: Proof
    ) -> Reply:
        first = recorded[0].recorded
        if first.actor.id != proof.actor:
            return Reply(outcome=Outcome.DENIED, present=self.present(history))
        if first.digest != digest(message.name, message.body):
            return self._nonsense(history, USED_BEFORE)
        return self._answer(history, message.stream, recorded)

    def _fall_due(self, history: list[Entry], message: Message, at: datetime) -> Reply:
        # The same hour may fall due again, for a wait that was recorded later.
        taken = any(e.recorded.command == message.id for e in history)
        handling = self._handling(history, None)
        asked = Asked(
            command_id=f"{message.id}:{len(history)}" if taken else message.id,
            digest=digest(message.name, message.body),
            actor=CLOCK,
            asked_by=None,
            origin="clock",
            at=at,
            rules=self.deployment.rule_set,
            controller=handling.controller,
            regime=handling.regime,
            read={},
        )
        own = self.deployment
        known = documents(self.log, self.vault, history, asked.actor.id, self.looking.combined)
        due = tick(history, at, own.limits, own.matrix, known)
        return self._append(history, message.stream, asked, due)

    def _handling(self, history: Sequence[Entry], actor: Practitioner | None) -> Handling:
        """Return whose data this is and under which law: the actor's organisation's if it has its
        own, else as the case stands."""
        is_case = bool(history) and history[0].stream.startswith(StreamKind.CASE)
        case = fold(history).handling if is_case else None
        return self.deployment.handlings.of(case, actor.organisation if actor else None)

    def _append(
        self, history: list[Entry], stream: str, asked: Asked, drafts: Sequence[Draft]
    ) -> Reply:
        if not drafts:
            return self._answer(history, stream, [], asked.at)
        appended = self.log.append(stream, len(history), asked, drafts)
        return self._answer([*history, *appended.entries], stream, appended.entries, asked.at)

    def _answer(
        self,
        history: Sequence[Entry],
        stream: str,
        entries: Sequence[Entry],
        at: datetime | None = None,
    ) -> Reply:
        # Also when it is answered a second time: the first may have been cut short before this.
        if refs := references(entries):
            self.vault.keep(stream, refs)
        if any(entry.name in FOLLOWED for entry in entries):
            # All that this stream says: what came after it counts, if this one is answered again.
            follow(self.vault, [entry for entry in history if entry.name in FOLLOWED])
        return Reply(
            outcome=Outcome.ACCEPTED, answer=answer(entries), present=self.present(history, at)
        )

    def _nonsense(self, history: Sequence[Entry], *problems: str) -> Reply:
        refusals = tuple(Refusal(code="nonsense", reason=problem) for problem in problems)
        return Reply(outcome=Outcome.NONSENSE, refusals=refusals, present=self.present(history))


def _commands(message: Message) -> tuple[Command, ...]:
    """Return what is asked: the parts of a visit, or one command. Raises `Nonsense`."""
    if message.name == VISIT:
        return commands_of(message.body)
    return (decode(message.name, message.body),)


def _see_that_it_fits(history: Sequence[Entry], message: Message, command: Command) -> None:
    """See that the stream is one that this may be asked of. Raises `Nonsense`."""
    opened = message.name != VISIT and message.stream == reference(command.stream.value, message.id)
    if not history and not opened:
        # Also for what opens a stream: nobody chooses its reference, or mistypes another's.
        raise Nonsense("there is nothing under this reference")
    if not message.stream.startswith(f"{command.stream.value}-"):
        raise Nonsense("this is not a command for what the reference names")


def is_tick(message: Message) -> bool:
    """Say whether the workflow's own clock made this: nothing else may be called that."""
    return message.name == TICK and message.proof is None


class TooBusy(Exception):
    """Something else was recorded on this stream each time that a decision had been taken."""
