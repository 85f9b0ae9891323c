"""Rules about the class of a case: what is behind it decides, and is read in the vault alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.behind import BY_THEMSELVES, behind
from domain.words import Sensitivity

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.risk import ClassifyCase


def what_is_sensitive_by_itself_is_classified_so(
    case: Case, command: ClassifyCase, asking: Asking
) -> bool:
    """What is behind this case makes it sensitive by itself, or cannot be read: it is classified as
    sensitive or complex."""
    found = behind(asking.facts.get(command.flags.id))
    harmless = found is not None and not found.flags & BY_THEMSELVES
    return harmless or command.sensitivity is Sensitivity.SENSITIVE_COMPLEX
