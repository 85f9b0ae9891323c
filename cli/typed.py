"""From what was typed after an option to what the field takes; no sentence repeats it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_args

from pydantic import AwareDatetime

from cli.fields import Shape, choices, is_model, model_fields
from cli.mistyped import close_to
from cli.moments import NoMoment, day, moment
from domain import ids
from domain.command import ASKERS
from domain.texts import TextRef

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cli.fields import CommandField

_YES, _NO = frozenset({"yes", "true", "on", "1"}), frozenset({"no", "false", "off", "0"})


class NotTyped(ValueError):
    """What was typed does not fit the field; the text says what would."""


def as_typed(code: str) -> str:
    """Return a code as it is easiest to type: in small letters, with hyphens."""
    return code.lower().replace("_", "-")


def example_of(shape: Shape) -> str:
    """Return what stands for the value in help: what it looks like, or what kind of thing it is."""
    kind = shape.kind
    if shape.value is not None:
        return f"{example_of(Shape(kind, shape.marks))}={example_of(shape.value)}"
    if is_model(kind):
        return "=".join(example_of(field.shape) for field in _asked(kind))
    if choices(kind):
        return "CODE"
    if kind is TextRef:
        return "FILE"
    if kind is str:
        return EXAMPLES.get(_pattern(shape.marks) or "", "TEXT").partition(",")[0]
    return {date: "DAY", int: "NUMBER", float: "NUMBER"}.get(kind, "WHEN")


def value_of(field: CommandField, typed: Iterable[str]) -> Any:
    """Return what the field takes, as JSON has it. Raises `NotTyped`."""
    texts = list(typed)
    try:
        if not field.shape.many:
            return _one(field.shape, texts[0])
        parts = [part for text in texts for part in _parts(text)]
        if field.shape.value is not None:
            return dict(_pair(field.shape, field.shape.value, part) for part in parts)
        return [_one(field.shape, part) for part in parts]
    except (NotTyped, NoMoment) as error:
        raise NotTyped(f"{field.option}: {error}") from None


def _one(shape: Shape, text: str) -> Any:
    kind = shape.kind
    if known := choices(kind):
        return _code(text, known)
    if is_model(kind):
        return _model(kind, text)
    plain = _PLAIN.get(kind)
    return plain(text) if plain else _fitting(text, shape)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _pair(key: Shape, value: Shape, text: str) -> tuple[Any, Any]:
    left, given, right = text.partition("=")
    if not given:
        raise NotTyped("this is written as NAME=VALUE, several with commas between them")
    return _one(Shape(key.kind, key.marks), left.strip()), _one(value, right.strip())


def _model(model: Any, text: str) -> dict[str, Any]:
    """Return a part of a command from `A=B`: what it asks for first; the rest needs --from."""
    asked = _asked(model)
    # A reference in front may end in the sign itself.
    ends_in_it = text.count("=") == len(asked) and "==" in text
    parts = text.rsplit("=", len(asked) - 1) if ends_in_it else text.split("=")
    values = [value.strip() for value in parts]
    if len(values) != len(asked):
        names = "=".join(field.name.upper() for field in asked)
        raise NotTyped(f"this is written as {names}; whatever else there is to say, with --from")
    return {field.name: _one(field.shape, v) for field, v in zip(asked, values, strict=True)}


def _asked(model: Any) -> list[CommandField]:
    """Return the fields of a part that are typed: those that it needs, else the first."""
    fields = [*model_fields(model)]
    return [field for field in fields if field.required] or fields[:1]


def _code(text: str, known: tuple[str, ...]) -> str:
    wanted = as_typed(text)
    for code in known:
        if as_typed(code) == wanted:
            return code
    easy = [as_typed(code) for code in known]
    raise NotTyped(close_to(wanted, easy).removeprefix("; ") or f"one of {', '.join(easy)}")


def _flag(text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise NotTyped("yes or no")


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise NotTyped("a whole number") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise NotTyped("a number") from None


def _when(text: str) -> str:
    return moment(text).isoformat()


_PLAIN: dict[Any, Callable[[str], Any]] = {
    bool: _flag,
    int: _whole,
    float: _number,
    date: lambda text: day(text).isoformat(),
    datetime: _when,
    AwareDatetime: _when,
}
"""What reads a value of each plain type."""


def _fitting(text: str, shape: Shape) -> str:
    """Return ids and codes in capitals: nobody has to type them so."""
    pattern = _pattern(shape.marks)
    if pattern is None:
        return text
    forms = (text, text.upper(), text.upper().replace("-", "_"))
    fitting = next((form for form in forms if re.search(pattern, form)), None)
    if fitting is None:
        raise NotTyped(f"this is written like {EXAMPLES.get(pattern, pattern)}")
    if pattern == _PRACTITIONER and not ids.is_reference(fitting):
        raise NotTyped(
            "this is no practitioner's reference: its last character does not go with the others"
        )
    return fitting


def _pattern(marks: Iterable[Any]) -> str | None:
    patterns = (getattr(mark, "pattern", None) for mark in marks)
    return next((p for p in patterns if isinstance(p, str)), None)


def _pattern_of(kind: Any) -> str:
    return _pattern(get_args(kind)[1:]) or ""


_PRACTITIONER = _pattern_of(ids.PractitionerId)
EXAMPLES = {
    _PRACTITIONER: "PR-4T9Y2K7P-X",
    _pattern_of(ids.CaseId): "RJ-4T9Y2K7P-X",
    _pattern_of(ids.PartyId): "V1, O1, S1 or C1",
    ASKERS: "V1, a practitioner's reference, or a source such as police-officer",
    _pattern_of(ids.ThreadId): "V1-O1",
    _pattern_of(ids.InterventionId): "I1",
    _pattern_of(ids.QuestionId): "Q1",
    _pattern_of(ids.LetterId): "L1",
    _pattern_of(ids.MessageId): "M1",
    _pattern_of(ids.ItemId): "A1",
    _pattern_of(ids.TaskId): "T12",
    _pattern_of(ids.HearingId): "H1",
    _pattern_of(ids.ClockId): "K7",
    _pattern_of(ids.OnwardId): "R1",
    _pattern_of(ids.ProposalId): "P1",
}
"""How the ids within a case are written, by the pattern that they follow."""
