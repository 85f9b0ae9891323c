"""Events: what happened, in the past tense, and the closed registry that stored names are read by.

An event is a frozen model whose fields are ids and coded facts. Its stored name is the class name
in snake case and never changes; its `version` rises when its fields change shape, and an upcaster
brings older data up. Nothing that is not registered here can be read from the log.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from domain.case import Case, When
    from domain.dossier import Dossier
    from domain.person import Person
    from domain.practitioner import Practitioner
    from domain.words import Right

EVENTS: dict[str, type[Event]] = {}
"""Every event there is, by its stored name."""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes the data of one version and returns the data of the next."""


@cache
def snake(name: str) -> str:
    """Return `ChoiceRecorded` as `choice_recorded`: the wire name of a command or an event."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Event(BaseModel):
    """What happened. Subclasses register themselves under their stored name."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, strict=False)

    version: ClassVar[int] = 1
    upcasters: ClassVar[dict[int, Upcaster]] = {}
    """From a version to the one after it."""
    closes: ClassVar[bool] = False
    """A no, a pause, a withdrawal or the like; see `stands_from_recording`."""
    founding: ClassVar[bool] = False
    """It was true from the start, whenever it was learnt: who is in the case, and in which pairs.
    What happened before the case was opened can so be recorded in it."""
    is_work: ClassVar[bool] = True
    """Whether something was done by it for the people it is about; not so what a clock or the
    record itself notes."""

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if abstract:
            return
        name = cls.name()
        if name in EVENTS:
            raise TypeError(f"two events are called {name}")
        EVENTS[name] = cls

    @property
    def stands_from_recording(self) -> bool:
        """Whether it counts from when it was recorded, whenever it took effect.

        A no, a pause or a withdrawal so stands until a yes that was given, and recorded, after it.
        """
        return self.closes

    @classmethod
    def name(cls) -> str:
        """Return the stored name."""
        return snake(cls.__name__)


class CaseEvent(Event, ABC, abstract=True):
    """What happened in a case."""

    carries_out: ClassVar[frozenset[Right]] = frozenset()
    """Which rights of a person it carries out, where somebody asked for it."""

    @abstractmethod
    def apply(self, case: Case, when: When) -> Case:
        """Return what the case is once this has happened. Asks no rule: it has happened."""


class PractitionerEvent(Event, ABC, abstract=True):
    """What happened with a practitioner."""

    @abstractmethod
    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """Return what the practitioner is once this has happened."""


class PersonEvent(Event, ABC, abstract=True):
    """What became known of a person beyond one case."""

    @abstractmethod
    def apply(self, person: Person, when: When) -> Person:
        """Return what is known of the person once this has happened."""


class DossierEvent(Event, ABC, abstract=True):
    """What happened to an entry of the data-protection register."""

    @abstractmethod
    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """Return what the dossier is once this has happened."""


class UnknownEvent(Exception):
    """The log names an event, or a version of one, that this release does not know."""


def read_event(name: str, version: int, data: dict[str, Any]) -> Event:
    """Return the event that these stored data mean, brought up to today's version.

    Raises `UnknownEvent` for a name or version that is not registered, and pydantic's
    `ValidationError` for data that do not fit.
    """
    cls = EVENTS.get(name)
    if cls is None or version > cls.version or version < 1:
        raise UnknownEvent(f"{name} version {version} is not an event of this release")
    for step in range(version, cls.version):
        data = cls.upcasters[step](data)
    # What `model_validate` does, without asking for options that none of these has.
    event: Event = cls.__pydantic_validator__.validate_python(data)
    return event
