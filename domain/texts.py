"""References to what the vault holds: the log and Temporal carry these, never the words."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.ids import PartyId

CASE = "case"
"""The owner of what is nobody's words in particular: notes about the case as a whole."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
TextId = Annotated[str, StringConstraints(pattern=r"^T-[0-9A-HJKMNP-TV-Z]{16}$")]


class TextRef(BaseModel):
    """Where a text or file lies in the vault, and the SHA-256 of its ciphertext (hexadecimal).

    No digest of plain text exists outside the vault: a "no" or a birthday can be guessed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: TextId
    digest: Digest


class OwnedBy:
    """Marks a `TextRef` field of a command as personal, and says whose words it will hold.

    `field` names the sibling field that holds the owner's party id; `CASE` means the case itself.
    People are asked for the words; the door puts them into the vault and keeps the reference.
    """

    def __init__(self, field: str = CASE) -> None:
        self.field = field


__all__ = ["CASE", "Digest", "OwnedBy", "PartyId", "TextId", "TextRef"]
