"""References as people type them: in small letters too, and checked before anything is sent."""

from __future__ import annotations

from cli.ending import nonsense
from domain.ids import (
    CASE_PREFIX,
    DOSSIER_PREFIX,
    PERSON_PREFIX,
    PRACTITIONER_PREFIX,
    is_reference,
)

_KINDS = {
    CASE_PREFIX: "case",
    PRACTITIONER_PREFIX: "practitioner",
    PERSON_PREFIX: "person",
    DOSSIER_PREFIX: "dossier",
}


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
