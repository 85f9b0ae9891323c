"""What the door can say other than an answer. Each is a clear sentence; none quotes any input."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.errors import Nonsense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from client.officers import Officer
    from domain.message import Refusal


__all__ = [
    "Denied",
    "Kept",
    "KeptBefore",
    "Nonsense",
    "ReasonAsked",
    "Refused",
    "Unavailable",
    "Unforeseen",
]


class Kept(NamedTuple):
    """A part of a visit that was recorded although the visit was not: it stops or protects."""

    part: int
    command: str

    def __str__(self) -> str:
        return f"part {self.part} ({self.command})"


class Refused(Exception):
    """Rules spoke against it; nothing was recorded but what is `kept` of a visit. Ask again under a
    new command id."""

    kept: tuple[Kept, ...] = ()

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(refusal.reason for refusal in refusals))
        self.refusals = tuple(refusals)


class Denied(Exception):
    """The actor may not do this here; nothing more is told but what is `kept` of a visit."""

    kept: tuple[Kept, ...] = ()

    def __init__(self) -> None:
        super().__init__("you may not do this here")


class DeniedThere(Denied):
    """What they may see leads to a case that they may not, and all of it or nothing is shown: by
    one of these officers."""

    def __init__(self, officers: Sequence[Officer]) -> None:
        super().__init__()
        self.officers = tuple(officers)


class KeptBefore(Nonsense):
    """A visit was sent again of which parts were recorded by themselves, as it was not accepted."""

    def __init__(self, kept: tuple[Kept, ...]) -> None:
        parts = ", ".join(map(str, kept))
        super().__init__(
            f"recorded by itself already, when the rest of this visit was not accepted: {parts}; "
            "send the rest without it, under another command id"
        )
        self.kept = kept


class ReasonAsked(Exception):
    """The actor may see this, and policy asks why first: a sensitive case, or personal text that
    an auditor reads. Nothing was handed over."""

    def __init__(self) -> None:
        super().__init__("say why this is opened: it is sensitive, and the reason is recorded")


class Unavailable(Exception):
    """No answer in time. If a command id is given, it may have been recorded or may yet be:
    sending the same command again with that id is safe and brings the answer."""

    def __init__(self, sentence: str, command_id: str | None = None) -> None:
        super().__init__(sentence)
        self.command_id = command_id


class Unforeseen(Exception):
    """Something went wrong that nobody thought of; `incident` finds it in the service's log."""

    def __init__(self, incident: str) -> None:
        super().__init__(f"something unforeseen went wrong; it is written down as {incident}")
        self.incident = incident
