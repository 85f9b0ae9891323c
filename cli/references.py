"""References as people type them: in small letters too, and checked before anything is sent."""

from __future__ import annotations

from pydantic import ConfigDict, TypeAdapter, ValidationError

from cli.ending import nonsense
from domain.ids import (
    CASE_PREFIX,
    DOSSIER_PREFIX,
    PERSON_PREFIX,
    PRACTITIONER_PREFIX,
    PartyId,
    is_reference,
)

_KINDS = {
    CASE_PREFIX: "case",
    PRACTITIONER_PREFIX: "practitioner",
    PERSON_PREFIX: "person",
    DOSSIER_PREFIX: "dossier",
}
_PARTY: TypeAdapter[str] = TypeAdapter(PartyId, config=ConfigDict(hide_input_in_errors=True))


def reference(typed: str, *prefixes: str) -> str:
    """Return the reference that was typed, of one of these kinds. Raises `Ended`."""
    given = typed.strip().upper()
    kinds = " or ".join(_KINDS[prefix] for prefix in prefixes)
    if not given.startswith(tuple(f"{prefix}-" for prefix in prefixes)):
        raise nonsense(f"a {kinds} is named by its reference, such as {prefixes[0]}-4T9Y2K7P-X")
    if not is_reference(given):
        raise nonsense(
            f"this is no reference of a {kinds}: its last character does not go with the others; "
            "check each"
        )
    return given


def party(typed: str) -> str:
    """Return what a person is called in their case, as it was typed: a code, and nobody's name.

    Raises `Ended`, and repeats nothing of what was typed.
    """
    try:
        return _PARTY.validate_python(typed.strip().upper())
    except ValidationError:
        raise nonsense("a person of a case is named by their code, such as V1 or O1") from None
