"""Writing down what the service itself looks at while it decides, and on whose behalf."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from access import Combination, Look, NotWritten, combined
from activities.combining import WORKER
from domain.permissions import View
from domain.texts import owned
from domain.words import Operation, Relation

if TYPE_CHECKING:
    from access import Access
    from activities.asking import Wish
    from domain.needs import Needs

PURPOSE = "decision"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Looking:
    """Notes what a decision reads besides its own stream: facts of the vault, and other cases."""

    access: Access

    def note(self, wish: Wish, wanted: Needs) -> None:
        """Write it down, once for each command, before it is read. Raises `NotWritten`.

        A protective act waits for nothing: it reads no facts, and goes on if this cannot be done.
        """
        read = {ref.id for ref in wanted.facts} | {ref.id for _, ref in wanted.behind}
        if not read and not wanted.cases:
            return
        facts = sorted(read - {one.ref.id for one in owned(wish.command)})
        if not facts and not wanted.cases:
            return
        message = wish.message
        joined = bool(wanted.cases)
        others = wanted.cases | {case for case, _ in wanted.behind}
        once = f"{message.stream} {message.id} facts" + (f" {wish.part}" if wish.part else "")
        look = Look(
            id=hashlib.sha256(once.encode()).hexdigest()[:32],
            at=wish.at,
            actor=WORKER,
            behalf=wish.proof.actor,
            operation=Operation.COMBINATION if joined else Operation.CONSULTATION,
            view=View.WORDS if facts else View.CASE,
            purpose=PURPOSE,
            about=tuple(dict.fromkeys((message.stream, *sorted(others)))),
            texts=tuple(facts),
            relation=Relation.SERVICE,
        )
        try:
            self.access.write(look)
        except NotWritten as error:
            if not wish.command.protective:
                raise
            _log.warning("look_not_written", command=message.id, why=str(error))

    def combined(self, use: Combination, *, protective: bool = False) -> None:
        """Write down that a link was used; see `note`. Raises `NotWritten`."""
        try:
            combined(use, self.access)
        except NotWritten as error:
            if not protective:
                raise
            _log.warning("combination_not_written", purpose=use.purpose, why=str(error))
